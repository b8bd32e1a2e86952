"""`make perf`: statements and CPU time of pages, as ratios. It asserts no times: machines differ, ratios less.

To measure another page: one line in pages.py. To give it rows to show: one function in data.py.
"""
