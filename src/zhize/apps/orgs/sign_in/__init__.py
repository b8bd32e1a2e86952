"""Signing in (ADR 0010): what the libraries ask of us, and what every signed-in request must meet.

adapters     nobody registers, who may come in, words, secrets at rest        (allauth)
forms        labels in words an office uses                                   (allauth)
passwords    what a password must look like                                   (django.contrib.auth)
lockout      after how many failures, for how long, per account and address   (axes)
middleware   session ends, forced steps, people without a post
urls         the addresses that are open; whatever else the libraries offer is not routed
"""
