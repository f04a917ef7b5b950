"""The page in a real browser: the tour, a member's way from visitor to full text and back, phone,
keyboard."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from project_root import ROOT

from jianggao.redeem_codes.code_form import find_codes
from jianggao.sandbox import cast
from jianggao.sandbox.bot_process import free_port
from jianggao.sources.files import text_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
INSTALL = "没有 Chromium。安装：apt-get install chromium fonts-noto-cjk"
PATIENCE = 20_000

if CHROMIUM is None and os.environ.get("BROWSER_TESTS") == "required":
    raise RuntimeError(INSTALL)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=INSTALL)

FREE, MEMBERS = f"group:{cast.FREE_GROUP}", f"group:{cast.MEMBER_GROUP}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sandbox, as `python bot.py --sandbox` starts it."""
    port = free_port()
    folder = tmp_path_factory.mktemp("sandbox")
    command = [
        sys.executable,
        str(ROOT / "bot.py"),
        "--sandbox",
        "--port",
        str(port),
        "--folder",
        str(folder / "sandbox"),
    ]
    environ = {**os.environ, "PYTHONUTF8": "1", "BROWSER": "true"}
    with (folder / "sandbox.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}/sandbox/"
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url):
                break
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, (folder / "sandbox.log").read_text("utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


class PageUnderTest:
    """A page, and what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)
        expect(self.page.get_by_test_id("bot-state")).to_have_text("机器人在线")

    def say(self, text: str) -> None:
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("send").click()

    def become(self, account: str, chat: str) -> None:
        self.page.get_by_test_id(f"persona-{account}").click()
        self.page.get_by_test_id(f"chat-{chat}").click()

    def last(self) -> object:
        return self.page.locator(f'.message[data-sender="{cast.BOT}"]').last


@pytest.fixture
def seen(browser: Browser, address: str) -> Iterator[PageUnderTest]:
    context = browser.new_context(
        viewport={"width": 1400, "height": 860}, locale="zh-CN", accept_downloads=True
    )
    page = PageUnderTest(context, address)
    yield page
    assert page.complaints == []
    context.close()


def private(account: str) -> str:
    return f"private:{account}"


def test_the_tour_shows_three_things(seen: PageUnderTest) -> None:
    page = seen.page
    for step, text in ((1, "共 "), (2, "🔒")):
        page.get_by_test_id(f"tour-step-{step}").click()
        expect(seen.last()).to_contain_text(text)  # type: ignore[arg-type]
    page.get_by_test_id("tour-step-3").click()
    expect(page.get_by_test_id("file-link").last).to_contain_text(".docx")
    expect(page.locator(".tour li.done")).to_have_count(3)


def test_what_was_done_is_saved_and_replayed(seen: PageUnderTest) -> None:
    # Before the clock moves: what the bot makes up for then would come into what is recorded.
    page = seen.page
    seen.become(cast.VISITOR, FREE)
    page.get_by_test_id("tab-scenarios").click()
    page.get_by_role("button", name="清空聊天").click()
    expect(page.locator(".message")).to_have_count(0)
    seen.say("检索 渡口")
    expect(seen.last()).to_contain_text("渡口")  # type: ignore[arg-type]
    page.get_by_test_id("save-scenario").click()
    expect(page.get_by_test_id("scenario-text")).to_have_value(re.compile("检索 渡口"))
    page.keyboard.press("Escape")
    page.get_by_test_id("tab-clock").click()
    page.get_by_test_id("tab-scenarios").click()
    page.get_by_test_id("replay").click()
    expect(page.get_by_test_id("replayed")).to_contain_text("✓ 全部符合")


def test_from_visitor_to_member_and_back_after_a_year(seen: PageUnderTest) -> None:
    page = seen.page
    visitor = cast.VISITOR
    seen.become(visitor, FREE)
    seen.say("检索 网格员")
    expect(seen.last()).to_contain_text("共 ")  # type: ignore[arg-type]
    seen.become(visitor, private(visitor))
    seen.say("全文 9")
    expect(seen.last()).to_contain_text("🔒 会员可看")  # type: ignore[arg-type]

    seen.become(cast.SUPERUSER, private(cast.SUPERUSER))
    seen.say(f"开通 {visitor} 1年")
    expect(seen.last()).to_contain_text("有效期至")  # type: ignore[arg-type]

    seen.become(visitor, private(visitor))
    seen.say("全文 1")
    with page.expect_download() as downloading:
        page.get_by_test_id("file-link").last.click()
    path = downloading.value.path()
    assert downloading.value.suggested_filename == "在全县和美乡村建设现场推进会上的讲话.docx"
    text = text_in(Path(path).read_bytes(), "a.docx")
    assert "仅供学习，禁止外传" in text and "乡村振兴四个字" in text

    seen.say("全文 1 转发")
    page.get_by_test_id("forward-card").last.click()
    expect(page.get_by_test_id("forward-dialog")).to_contain_text("乡村振兴四个字")
    page.keyboard.press("Escape")

    page.get_by_test_id("tab-clock").click()
    before = page.get_by_test_id("now").inner_text()
    page.get_by_test_id("advance-year").click()
    page.get_by_test_id("advance-day").click()
    expect(page.get_by_test_id("now")).not_to_have_text(before)
    seen.say("全文 1")
    expect(seen.last()).to_contain_text("会员已到期")  # type: ignore[arg-type]
    expect(page.get_by_test_id("broken")).to_be_hidden()


def test_a_code_as_the_answer_to_the_groups_question_lets_somebody_in(seen: PageUnderTest) -> None:
    page, stranger = seen.page, cast.RESELLER
    seen.become(cast.SUPERUSER, private(cast.SUPERUSER))
    seen.say("卡密 1 1年")
    expect(seen.last()).to_contain_text("已发到私聊")  # type: ignore[arg-type]
    (code,) = find_codes(page.get_by_test_id("messages").inner_text())

    page.get_by_test_id(f"persona-{stranger}").click()
    expect(page.get_by_test_id(f"chat-{MEMBERS}")).to_have_count(0)
    page.get_by_test_id("tab-clock").click()
    page.get_by_test_id("join-comment").fill(f"答案：{code}")
    page.get_by_test_id(f"join-{cast.MEMBER_GROUP}").click()
    expect(page.get_by_test_id(f"chat-{MEMBERS}")).to_be_visible()
    expect(page.get_by_test_id(f"join-{cast.MEMBER_GROUP}")).to_have_count(0)
    expect(page.get_by_test_id("broken")).to_be_hidden()


def test_a_fault_is_called_up_and_the_wire_shows_it(seen: PageUnderTest) -> None:
    page = seen.page
    seen.become(cast.VISITOR, FREE)
    page.get_by_test_id("tab-faults").click()
    page.get_by_test_id("fault-unknown_call").click()
    expect(page.locator(".fault.active")).to_have_count(1)
    seen.say("随机")
    page.get_by_test_id("tab-wire").click()
    # What the bot sends next, to whomever: at its start superusers may hear of the import just then.
    entry = page.locator(".wire-entry", has_text="回答 send_").filter(
        has_text=re.compile(r'"retcode":\s*1404\b')
    )
    entry.first.click()
    expect(entry.first.locator("pre")).to_be_visible()


def test_by_keyboard_alone(seen: PageUnderTest) -> None:
    page = seen.page
    page.keyboard.press("Alt+4")
    expect(page.get_by_test_id(f"persona-{cast.VISITOR}")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.keyboard.type("检")
    expect(page.get_by_test_id("suggestions")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("composer")).to_have_value("检索 ")
    page.keyboard.type("脆李")
    page.keyboard.press("Enter")
    expect(page.locator(".message.mine").last).to_contain_text("检索 脆李")
    page.get_by_test_id(f"chat-{FREE}").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-name")).not_to_have_text("免费群·写材料的人")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", color_scheme="dark", has_touch=True
    )
    context.set_default_timeout(PATIENCE)
    seen = PageUnderTest.__new__(PageUnderTest)
    page = context.new_page()
    seen.page, seen.complaints = page, []
    page.on("console", lambda m: seen.complaints.append(m.text) if m.type == "error" else None)
    page.goto(address)
    page.get_by_test_id("back").click()
    expect(page.get_by_test_id("bot-state")).to_have_text("机器人在线")
    seen.become(cast.MEMBER, MEMBERS)
    expect(page.get_by_test_id("composer")).to_be_visible()
    seen.say("检索 老人")
    expect(seen.last()).to_contain_text("共 ")  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out sideways"
    page.get_by_role("button", name="打开或收起右边的面板").click()
    expect(page.get_by_test_id("tab-clock")).to_be_visible()
    assert seen.complaints == []
    context.close()
