"""Fifty writers at once, each in a thread and a transaction of its own. Also run as a program of its own."""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime

WRITERS = 50
EACH = 4


def write_at_once() -> list[str]:
    """Errors met; every writer makes four transactions, all on one chain that does not exist before."""
    from django.db import connection, transaction

    from zhize.kit.actor import system_actor
    from zhize.kit.audit import LogType, record, register_log_types

    noted = LogType("tests.thing.noted", "测试记录")
    register_log_types(noted)
    gate = threading.Barrier(WRITERS)
    errors: list[str] = []

    def writer(number: int) -> None:
        try:
            gate.wait(60)
            for turn in range(EACH):
                with transaction.atomic():
                    record(
                        noted, actor=system_actor("测试"), thing=None, now=datetime(2012, 3, 5, tzinfo=UTC),
                        after={"writer": number, "turn": turn}, jurisdiction_code="620000-quality",
                    )  # fmt: skip
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def outcome() -> tuple[int, list[str]]:
    """How many different entries stand there, and what the check finds."""
    from zhize.apps.audit.models import Entry
    from zhize.apps.audit.selectors import Checkpoints, chain_verify

    rows = Entry.objects.system("test").filter(chain="620000-quality").values_list("after", flat=True)
    different = {(row["writer"], row["turn"]) for row in rows}
    return len(different), [str(f) for f in chain_verify("620000-quality", Checkpoints()).findings]


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    problems = write_at_once()
    count, findings = outcome()
    print(count, problems, findings)
    sys.exit(0 if (count, problems, findings) == (WRITERS * EACH, [], []) else 1)
