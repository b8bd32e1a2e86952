"""Who may read the log. Nobody may write it: entries come from services alone, in their own transactions."""

from __future__ import annotations

from zhize.kit.actor import Actor


def may_read_log(actor: Actor) -> bool:
    """The auditors and the office director, each the chain of the acting hat's jurisdiction.

    The system and security administrators may not: those whose acts are audited do not audit (GB/T 22239-2019
    8.1.5 keeps system, security and audit administration apart).
    """
    return actor.has("audit_admin", "external_auditor", "office_director") and bool(actor.jurisdiction_code)


def may_export_log(actor: Actor) -> bool:
    """The external auditor, from the page, one bundle an account; the operator exports by command."""
    return actor.is_system or (actor.has("external_auditor") and bool(actor.jurisdiction_code))
