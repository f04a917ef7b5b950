"""Texts of which nothing, or hardly anything, counts for the index give no alarm; the index gives them up
again."""

from __future__ import annotations

from pathlib import Path

import pytest
from doctor_cases import Installation, import_all

HEAD = "在水利工作会议上的讲话\n（2026年3月18日）\n同志们：\n"
TEXTS = {
    "marks alone": "……！！！\n——————\n。。。。。。\n",
    "a title of pictures": "🎉🎉🎉\n\n今天把水渠修好，明天把路修好，大家都要出力，一起干。\n",
    "a title of marks": "！！！\n\n大家要把渠修好，把路修好，把田种好。今年的任务很重，时间很紧。\n",
    "masked values": "×××\n×××××××× ××，××。\n××× ××\n",
    "headings of marks": HEAD
    + "一、……\n大家要把渠修好，把路修好，把田种好。\n二、！！！\n大家要把渠修好。\n",
    "a body of marks": HEAD + "一、认清形势\n……\n二、抓好落实\n——\n大家把渠修好。\n",
    "lone odd characters": HEAD + "一\n\n二\n\n\ufffe\uffff\ue000 \u200b\u200d\u2060 \U000e0001\n",
    "letters of many kinds": HEAD
    + "ﷺ ㍿ ½ ⅷ İıſß ﬃ Ǆ ʼn 𝔘𝔫𝔦 𠀀𠀁 ͅ ́a̐ ٣ ০ ᾳ Ω Å\u2028x\u2029y\u3000z 가각ㅏ\n",
    "letters of many scripts": HEAD + "ｶﾞ が שלום हिन्दी ไทย العربية\n",
    "very long words": HEAD + "1" * 3_000 + "\n" + "a" * 40_000 + "\n",
    "marks of the index": HEAD + "一、《题》【一】〔二〕〈三〉№4\n《【〔〈№ 正文 №5 12_34 a-b\"c'd\\e。\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_no_text_gives_an_alarm_that_stays(tmp_path: Path, text: str) -> None:
    installation = Installation(tmp_path / "odd")
    folder = installation.library / "！！！"
    folder.mkdir(parents=True)
    (folder / "×.txt").write_text(text, "utf-8")
    (installation.library / "，.txt").write_text(text + "……\n。\n", "utf-8")
    await import_all(installation)
    assert await installation.wrong() == []
    (installation.library / "，.txt").write_text(text + "还有一句：大家把渠修好，把路修好。\n", "utf-8")
    (folder / "×.txt").unlink()
    await import_all(installation)
    assert await installation.wrong() == []
    mended = await installation.mend(rebuild=True)
    assert [line for finding in mended.findings for line in finding.wrong] == []
