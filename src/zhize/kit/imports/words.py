"""Words of another system for our choices (符合 → 合格): asked once, remembered for this person and this thing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.fields import ThingSpec
from zhize.kit.imports.services import OPEN, demand, import_stage, locked
from zhize.kit.models import ImportMapping, ImportRun

SIGNATURE = "words"  # in the place of a header's: words hang on the thing, not on one file's heads
Words = dict[str, dict[str, str]]
"""{field: {word: value}}."""


def words_of(spec: ThingSpec, actor: Actor) -> Words:
    """What this person has taught before, as far as the choices are still there. One statement."""
    held = ImportMapping.objects.visible_to(actor).filter(thing_kind=spec.kind, signature=SIGNATURE).first()
    return known(spec, held.mapping) if held else {}


def known(spec: ThingSpec, words: Words) -> Words:
    """Only fields that are choices, and values they have."""
    choices = {f.name: set(f.choices.values) for f in spec.editable_fields if f.choices is not None}
    return {
        name: {word: value for word, value in pairs.items() if value in choices[name]}
        for name, pairs in words.items()
        if name in choices
    }


@transaction.atomic
def import_words(*, run: ImportRun, spec: ThingSpec, words: Words, actor: Actor, now: datetime) -> ImportRun:
    """Remembers what words of the file mean and stages it again. Raises `BadInput` when nothing was said."""
    demand(actor, spec)
    locked(run, actor, OPEN, "对应取值")
    said = {name: pairs for name, pairs in known(spec, words).items() if pairs}
    if not said:
        raise BadInput("没有为任何一种写法选定含义", where=run.file_name, remedy="请至少选定一种，其余可留空")
    before = words_of(spec, actor)
    merged = {name: {**before.get(name, {}), **said.get(name, {})} for name in {*before, *said}}
    ImportMapping.objects.visible_to(actor).update_or_create(
        user_id=run.user_id, thing_kind=spec.kind, signature=SIGNATURE, defaults={"mapping": merged}
    )
    import_stage(run=run, spec=spec, actor=actor, now=now)
    return run
