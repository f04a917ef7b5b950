"""Makes docs/sandbox.png, the picture in the README: `python docs/make_screenshot.py` (needs Chromium and
`.[test]`)."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PORT = 8097


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "bot.py"), "--sandbox", "--port", str(PORT), "--folder", folder]
        sandbox = subprocess.Popen(command)
        try:
            take(ROOT / "docs" / "sandbox.png")
        finally:
            sandbox.terminate()
            sandbox.wait(30)


def take(target: Path) -> None:
    """Try the three things of the tour and take the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1360, "height": 820}, locale="zh-CN")
        expect.set_options(timeout=30_000)
        for _ in range(100):
            with contextlib.suppress(Error):
                page.goto(f"http://127.0.0.1:{PORT}/sandbox/")
                break
            page.wait_for_timeout(100)
        expect(page.get_by_test_id("bot-state")).to_have_text("机器人在线")
        page.get_by_test_id("tour-step-3").click()
        expect(page.get_by_test_id("file-link")).to_be_visible()
        page.get_by_test_id("tour-step-1").click()
        expect(page.locator(".message:not(.mine)").last).to_contain_text("共 ")
        page.get_by_label("收起导览").click()
        page.wait_for_timeout(300)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
