"""In which order computed cards are worked out; a circle is refused with its path."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..kernel.errors import BadRule


def order(needs: Mapping[str, Collection[str]]) -> list[str]:
    """The cards so that each comes after those it uses; ties in the order of `needs`.

    `needs` names the computed cards only; a code that is no key is given. Raises `BadRule` with the circle's path.
    """
    done: list[str] = []
    settled: set[str] = set()
    for first in needs:
        path: list[str] = []
        stack = [(first, iter(sorted(needs[first])))]
        if first in settled:
            continue
        path.append(first)
        while stack:
            code, rest = stack[-1]
            following = next((one for one in rest if one in needs and one not in settled), None)
            if following is None:
                stack.pop()
                path.pop()
                settled.add(code)
                done.append(code)
            elif following in path:
                circle = [*path[path.index(following) :], following]
                raise BadRule(
                    "指标的公式首尾相接，算不出来",
                    where=following,
                    why=" → ".join(circle),
                    remedy="请改其中一个公式，使它不再用到自己",
                )
            else:
                path.append(following)
                stack.append((following, iter(sorted(needs[following]))))
    return done
