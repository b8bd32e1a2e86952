"""Who may upload, register, change and open files, and who may do what with official documents. Each rule says why."""

from __future__ import annotations

from zhize.apps.documents.models import Evidence, OfficialDocument, StoredFile
from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.kit.actor import Actor

# Who checks other people's work must see what it rests on; they are of the file's jurisdiction (scope).
OVERSIGHT = (
    "leader",
    "office_director",
    "office_staff",
    "assessor",
    "inspector",
    "audit_admin",
    "external_auditor",
)
WORKING = ("office_director", "office_staff", "unit_head", "liaison", "clerk")
ON_THE_SPOT = ("inspector", "assessor")


def may_upload(actor: Actor) -> bool:
    """Working posts of a unit, and who records what was seen on the spot: the file is the unit's. Read-only and
    administrative hats keep no files."""
    return actor.is_system or (actor.unit_id is not None and actor.has(*WORKING, *ON_THE_SPOT))


def may_view_file(actor: Actor, file: StoredFile, *, published: bool = False) -> bool:
    """The giving unit, oversight of the file's jurisdiction, or everybody in it when the material is 主动公开.

    A member does not open another member's papers: what is shared between units is published or sent.
    """
    if actor.is_system or published or file.unit_id == actor.unit_id:
        return True
    return file.jurisdiction_id == actor.jurisdiction_id and actor.has(*OVERSIGHT)


def may_see_evidence(actor: Actor) -> bool:
    """The list of materials is for whoever has a unit; its rows are scoped."""
    return actor.unit_id is not None


def may_register(actor: Actor) -> bool:
    """Whoever may upload may say what the file proves."""
    return may_upload(actor)


def may_change_evidence(actor: Actor, evidence: Evidence) -> bool:
    """Only the unit that gave it: the office returns what is wrong, it does not rewrite a unit's material."""
    return may_keep_evidence(actor) and (actor.is_system or evidence.unit_id == actor.unit_id)


def may_keep_evidence(actor: Actor) -> bool:
    """Who keeps a unit's materials on their own pages: its working posts. A picture belongs to the record it is part of."""
    return actor.is_system or (actor.unit_id is not None and actor.has(*WORKING))


OFFICE = ("office_director", "office_staff")


def may_see_papers(actor: Actor) -> bool:
    """Everybody with a hat has the pages of documents; their rows are scoped."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_draft(actor: Actor) -> bool:
    """The office drafts, checks, sends; whatever another issuer signs it drafts for that issuer (代拟稿)."""
    return actor.is_system or actor.has(*OFFICE)


def may_handle(actor: Actor, document: OfficialDocument) -> bool:
    """Every step of a document: the office of its jurisdiction. What was signed on paper it records."""
    return actor.is_system or (may_draft(actor) and document.jurisdiction_id == actor.jurisdiction_id)


def may_sign(actor: Actor, document: OfficialDocument) -> bool:
    """The office records the signature on paper; a leader of the jurisdiction may also sign here."""
    here = document.jurisdiction_id == actor.jurisdiction_id
    return actor.is_system or (here and actor.has("leader", *OFFICE))


def may_countersign(actor: Actor, document: OfficialDocument, unit_id: int) -> bool:
    """会签: working people of the unit asked; what it wrote on paper, the office that asked enters."""
    here = document.jurisdiction_id == actor.jurisdiction_id
    mine = here and actor.unit_id == unit_id and actor.has(*WORKING)
    return mine or may_handle(actor, document)


def may_see_incoming(actor: Actor) -> bool:
    """The office's post: its own people, its leaders, and whoever looks over it."""
    return actor.is_system or (actor.jurisdiction_id is not None and actor.has(*INSIDE))


def may_register_incoming(actor: Actor, jurisdiction_id: int) -> bool:
    """Every step of a paper that came in: the office of the jurisdiction."""
    return actor.is_system or (may_draft(actor) and actor.jurisdiction_id == jurisdiction_id)


def may_keep_issuers(actor: Actor) -> bool:
    """In whose name and under which code documents go out is the director's to say."""
    return actor.is_system or actor.has("office_director")


def may_receive(actor: Actor, unit: Unit) -> bool:
    """签收: working people of the unit, or of the one that answers for it (a prefecture's office)."""
    mine = actor.unit_id is not None and actor.unit_id in (unit.pk, unit.answers_through_id)
    return actor.is_system or (mine and actor.has(*WORKING))


def may_record_approval(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """Working people record what was approved on paper in their jurisdiction; the app of the thing asks its own first."""
    here = jurisdiction.pk == actor.jurisdiction_id
    return actor.is_system or (here and actor.has("leader", *WORKING))
