"""待发消息: mail that leaves the product, put by `outbox_put` (todos) with what it tells, sent by the beat at least once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from zhize.apps.orgs.log_types import OUTBOX_SENT
from zhize.apps.orgs.models import Outbox
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record

MAIL, ATTEMPTS, AT_ONCE = "mail", 5, 50
PAUSE = timedelta(minutes=10)  # after a failure, times the number of attempts


def mail_is_set() -> bool:
    """Whether the operator has named a mail server (ZHIZE_MAIL_URL)."""
    return bool(settings.EMAIL_HOST)


def outbox_send(*, actor: Actor, now: datetime) -> int:
    """Sends what waits, oldest first, and gives how many went out. What fails is tried again later, five times in all.

    The attachment is dropped once sent: the file is the addressee's then, not a second copy here.
    """
    if not mail_is_set():
        return 0
    waiting = Outbox.objects.filter(channel=MAIL, sent_at__isnull=True, attempts__lt=ATTEMPTS)
    rows = [row for row in waiting.order_by("pk")[:AT_ONCE] if row.created_at + PAUSE * row.attempts <= now]
    sent = [row.pk for row in rows if _sent(row, now)]
    if sent:
        with transaction.atomic():
            record(OUTBOX_SENT, actor=actor, thing=None, now=now, after={"messages": len(sent)})
    return len(sent)


def outbox_each_minute(now: datetime) -> None:
    """What the beat runs."""
    outbox_send(actor=system_actor("发送邮件"), now=now)


def _sent(row: Outbox, now: datetime) -> bool:
    mail = EmailMessage(
        row.subject, row.text, settings.DEFAULT_FROM_EMAIL, [row.to], connection=get_connection()
    )
    if row.attachment:
        mail.attach(row.attachment_name, bytes(row.attachment), "application/pdf")
    row.attempts += 1
    try:
        mail.send()
    except OSError as error:  # smtplib.SMTPException is one
        row.error = str(error)[:300]
        row.save(update_fields=["attempts", "error"])
        return False
    row.sent_at, row.error, row.attachment = now, "", None
    row.save(update_fields=["attempts", "sent_at", "error", "attachment"])
    return True
