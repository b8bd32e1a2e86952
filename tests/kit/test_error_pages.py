"""Error pages: in words, with the request's number, for anybody; the last one stands by itself."""

from __future__ import annotations

from django.test import Client


def test_a_missing_page_says_so_to_everybody(client: Client) -> None:
    for browser in (client, Client()):
        answer = browser.get("/t/gone")
        assert answer.status_code == 404
        assert "没有找到这个页面" in answer.content.decode()


def test_a_broken_page_needs_nothing_and_names_the_request(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/t/broken", headers={"X-Request-ID": "abcdef-123456"})
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()
    assert "abcdef-123456" in answer.content.decode()


def test_a_refusal_climbs_the_ladder(client: Client) -> None:
    page = client.get("/t/hidden/").content.decode()
    assert "不能查看“单位”" in page
    assert "请切换到有权限的岗位" in page
