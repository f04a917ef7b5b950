"""Decides whether a line at the edge of a text is a notice: of copyright, of contact, or an advertisement.

Lines are recognised by features, never by a vendor's name. Three kinds are told apart: what is surely a
notice, what may be one, and text. A line that ends or speaks as a sentence needs a strong sign, since a
speech itself may speak of chat groups, hotlines and subscriptions: an account to reach a vendor by together with
words of the trade in texts, or a prohibition in the form of a notice. All examples in the comments are made
up.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

from jianggao.parsing import rights_notices as rights
from jianggao.parsing import vendor_words as vendor
from jianggao.parsing.editors_notes import names_writer
from jianggao.parsing.speech_lines import (
    IN_BRACKETS,
    is_list_item,
    is_sentence,
    names_local_people,
    speaks_to_audience,
)
from jianggao.parsing.vendor_offers import is_offer_in_a_sentence
from jianggao.text.remembered_lines import remembered

_SAYS_MORE = re.compile(r"[，,].{0,40}(?:就[能可会行好]|不必|不用|可以|都|才)")


# 写材料，找听雨库
_SLOGAN = re.compile(
    r"[^，,。：:]{2,10}[，,\s]\s?(?:就|请|快|来)?(?:[找上来选到用看去逛]|认准|首选|关注)[\w·]{2,8}[！!]?"
)
_SHOP_TO_KEEP = re.compile(
    r"(?:小店|店铺|本店|网店|微店)[^。]{0,8}收藏|收藏[^。]{0,8}(?:小店|店铺|本店|网店|微店)"
)
_ATTACHMENT = re.compile(r"附(?:件|表|录|图|注)?\s?[\d一二三四五六七八九十]{0,2}\s?[：:.、]")


_OF_AN_OFFICE = re.compile(
    r"(?:报名|咨询|服务|招聘|求职|[一-鿿]{0,4}联系人|负责人|承办人|经办人)[^：:]{0,6}[：:]"
)


class LineKind(Enum):
    """What a line at the edge of a text is."""

    NOTICE = "notice"
    """No part of the speech, beyond doubt."""
    DOUBTFUL = "doubtful"
    """It stays, and goes once the same line stands at the edges of several files."""
    TEXT = "text"


# Lengths in characters. A longer line is prose; the patterns that go over the line stay fast.
_LONGEST_STATEMENT = 400
_LONGEST_NOTICE = 90
_LONGEST_INSIDE = 60
_LONGEST_AD = 45
_FEW_WORDS, _MANY_WORDS = 2, 4
"""How many words of trade (`vendor_words.trade_words`) a sentence with an account needs to be a vendor's, and
how many where it speaks to an audience."""


@remembered
def line_kind(line: str) -> LineKind:
    """Returns what a line is where it stands at the head or the end of a text."""
    if vendor.is_address(line):
        return LineKind.NOTICE
    if len(line) > _LONGEST_NOTICE:
        shortened = vendor.shorten_addresses(line)
        if len(shortened) <= _LONGEST_NOTICE:
            return line_kind(shortened)
        states = len(line) <= _LONGEST_STATEMENT and rights.states_rights(line)
        return LineKind.NOTICE if states else LineKind.TEXT
    line = IN_BRACKETS.sub(r"\1", line)
    # 附件：1.会议资料审批表
    if _ATTACHMENT.match(line) and not vendor.has_account(line):
        return LineKind.TEXT
    if names_writer(line):
        return LineKind.TEXT
    if rights.states_rights(line):
        return LineKind.NOTICE
    if _SHOP_TO_KEEP.search(line) or (_SLOGAN.fullmatch(line) and vendor.trades_in_texts(line)):
        return LineKind.DOUBTFUL
    if is_sentence(line) or speaks_to_audience(line):
        return _kind_of_sentence(line)
    return _kind_of_phrase(line)


def is_notice(line: str) -> bool:
    """Returns whether a line at the head or the end of a text is surely a notice or an advertisement."""
    return line_kind(line) is LineKind.NOTICE


def is_vendor_line(line: str) -> bool:
    """Returns whether a line beside a notice speaks of the vendor's trade: an offer, a request to readers.

    The feature is too weak to count alone: a speech may speak of readers and groups, too. So sentences, lines
    that announce something and titles of speeches never count.
    """
    return (
        len(line) <= _LONGEST_INSIDE
        and vendor.has_vendors_word(line)
        and not is_sentence(line)
        and not speaks_to_audience(line)
        and not line.endswith(("：", ":", "讲话", "致辞", "发言", "报告"))
    )


def is_notice_inside(line: str, known: Collection[str]) -> bool:
    """Returns whether a line in the middle of the text is a notice beyond doubt.

    `known` are the notices found at the head: vendors repeat theirs between paragraphs.
    """
    if line in known:
        return True
    # Two sentences are prose, whatever they forbid: "账本仅供内部参考。账上的事不得外传。"
    if len(line) > _LONGEST_INSIDE or line.count("。") > 1 or is_list_item(line):
        return False
    line = IN_BRACKETS.sub(r"\1", line)
    if speaks_to_audience(line) or names_local_people(line):
        return False
    core = vendor.trades_in_texts(line) or vendor.is_arranged(line) or vendor.is_arranged_by(line)
    named = vendor.names_account(line)
    if is_sentence(line):
        # "听雨文稿整理，咨询微信：100200300。" ends like a sentence and still is the vendor's line.
        return core and (named or is_offer_in_a_sentence(line))
    if core and (named or vendor.has_account(line) or vendor.has_link(line) or _has_lost_its_stop(line)):
        return True
    return (named and vendor.trade_words(line) >= _FEW_WORDS) or rights.forbids_beyond_doubt(line)


def _has_lost_its_stop(line: str) -> bool:
    """Returns whether the line is a vendor's sentence without its full stop: 本文由听雨文稿网整理，转载请注明出处."""
    return "，" in line and is_offer_in_a_sentence(f"{line}。")


def is_notice_of_its_own(line: str) -> bool:
    """Returns whether a line looks like a notice and is neither a sentence nor an entry of a list."""
    return line_kind(line) is LineKind.NOTICE and not is_sentence(line) and not is_list_item(line)


def _kind_of_sentence(line: str) -> LineKind:
    """Returns what a line is that ends or speaks as a sentence."""
    words = vendor.trade_words(line)
    spoken = speaks_to_audience(line) or names_local_people(line)
    needed = _MANY_WORDS if spoken else _FEW_WORDS
    if words >= needed and (vendor.names_account(line) or (words > needed and vendor.has_link(line))):
        return LineKind.NOTICE
    if vendor.asks_to_me(line) and vendor.trades_in_texts(line):
        return LineKind.NOTICE
    if spoken:
        return LineKind.TEXT
    if _sells_in_a_sentence(line, words) or is_offer_in_a_sentence(line):
        return LineKind.NOTICE
    core = vendor.trades_in_texts(line)
    limited = rights.says_whom_it_is_for(line)
    if len(line) > _LONGEST_AD:
        return LineKind.TEXT
    offers = vendor.is_offer(line) or vendor.has_account(line) or vendor.asks_readers(line)
    may_be = (core and (offers or limited)) or (limited and rights.speaks_of_texts(line))
    return LineKind.DOUBTFUL if may_be else LineKind.TEXT


def _sells_in_a_sentence(line: str, words: int) -> bool:
    """Returns whether a sentence that names no account can only be a vendor's: 各类材料代写，价格优惠，欢迎咨询！"""
    if vendor.trades_in_texts(line):
        if vendor.names_discount(line) or vendor.sends_to_site(line):
            return True
        if words >= _MANY_WORDS and vendor.solicits(line):
            return True
    return (words > 0 and vendor.welcomes_to_account(line)) or (
        words >= _FEW_WORDS and vendor.sends_to_shop(line)
    )


def _kind_of_phrase(line: str) -> LineKind:
    """Returns what a line is that neither ends nor speaks as a sentence."""
    words = vendor.trade_words(line)
    if _is_of_the_speech(line, words):
        return LineKind.TEXT
    if vendor.sells(line) or rights.is_limited_to(line) or (words and rights.says_whom_it_is_for(line)):
        return LineKind.NOTICE
    if vendor.has_account(line) and words < _FEW_WORDS and _SAYS_MORE.search(line):
        # "门票免费，关注公众号 yunling2020 就能预约" says more than how to reach a vendor.
        return LineKind.DOUBTFUL
    if words == 0 and _OF_AN_OFFICE.match(line) and not vendor.is_offer(line):
        # 报名QQ群：… can be how an office is reached.
        return LineKind.DOUBTFUL
    if vendor.has_account(line) or vendor.is_offer(line) or vendor.is_arranged_by(line):
        return LineKind.NOTICE
    if vendor.asks_to_me(line):
        return LineKind.NOTICE
    if vendor.is_arranged(line):
        sure = vendor.names_arranger(line) or words >= _FEW_WORDS
        return LineKind.NOTICE if sure else LineKind.DOUBTFUL
    return _kind_of_address(line, words)


def _is_of_the_speech(line: str, words: int) -> bool:
    """Returns whether a phrase is an entry of the speech's own lists, too long for an advertisement, or of
    those whom a speech is about."""
    account = vendor.has_account(line)
    if is_list_item(line) and words < _FEW_WORDS:
        return True
    if len(line) > _LONGEST_AD and not account and not vendor.has_link(line):
        return True
    return names_local_people(line) and not (account and vendor.trades_in_texts(line))


def _kind_of_address(line: str, words: int) -> LineKind:
    """Returns what a phrase is that may have an address or a number and else nothing of a notice."""
    number = vendor.ends_with_number(line)
    reached = number or vendor.has_link(line) or vendor.has_mail(line)
    # "数字图书馆的网址是 lib.example.com，密码写在卡上": with a comma the line says more than where to come.
    one_clause = "，" not in line or words >= _FEW_WORDS
    comes = one_clause and vendor.has_link(line) and vendor.says_come(line)
    if reached and (words >= _FEW_WORDS or comes or vendor.says_contact(line)):
        return LineKind.NOTICE
    if not one_clause:
        return LineKind.TEXT
    if reached and not number:
        return LineKind.DOUBTFUL
    may_sell = words > 0 and is_vendor_line(line)
    may_forbid = rights.forbids_spreading(line) and not rights.forbids_other_goods(line)
    may_be = may_sell or may_forbid or vendor.may_be_vendors_name(line)
    return LineKind.DOUBTFUL if may_be else LineKind.TEXT
