"""Tells whether a passage tells a concrete case: who, or which place, and what happened there."""

from __future__ import annotations

import re

from jianggao.phrases.quotable_rules import SURNAMES

_LONGEST_PARAGRAPH = 1_000
"""Characters of a paragraph that are looked at: a section is cut from no longer ones."""
# 示范村, 各乡镇, 我们县: with one of these before it, a village or a company has no name.
_GENERIC = (
    "的个各全每本这那些有几两一二三四五六七八九十多数示范行政自然试点农乡城镇新山中心重点特色贫困边在到去从对把和与"
    "是了为让请给说讲看问要能会可被由按向以及或又也还都就才再先后前外内里上下大小好些座设全市县区省国们你我他她它其之"
    "进出回来过驻帮扶美丽和谐示空富强穷弱远近邻他户家文明数字未来企业者社办所展育"
)
_PLACE = rf"[^\W\d_{_GENERIC}A-Za-z]{{2,3}}"
"""The name of a village, a school, a company: two or three characters of which none is a common word."""
_SOMEBODY = re.compile(
    # 老邵, 小陶, 老罗: a surname behind 老 or 小
    rf"(?<![一-鿿]老)[老小][{SURNAMES}](?![家板式])|"
    rf"[{SURNAMES}](?:大姐|大妈|大爷|大娘|大嫂|婆婆|奶奶|爷爷|老伯|师傅|阿姨|大哥|老汉|教授|老师|老板|支书|书记|医生|厂长|经理|姑娘)|"
    r"(?<!一)×××|有人(?=开着|从|拿|趁|把|在|打|[^，。]{0,6}了)|(?:老支书|老汉|大娘|大嫂|大爷|老人家|老奶奶|老太太|姑娘|小伙子|婶子|父亲|母亲|女儿|老伴|厂长|班主任|司机|护士)|"
    rf"(?:叫|姓)(?=[一-鿿])[{SURNAMES}](?!到|到家)|"
    r"(?:一位|有位|有个|有家|一个|一名|有一位|有一个|有一名|有一家|那位|这位|某位)[^，。、；]{0,14}"
    r"(?:老人|同志|干部|书记|镇长|乡长|局长|校长|老师|学生|同学|孩子|年轻人|工人|工友|农民|老乡|乡亲|妇女|父亲|母亲|家长|村民|"
    r"居民|师傅|老板|企业家|大户|姑娘|汉子|朋友|医生|教授|专家|记者|战士|党员|站长|包工头|小厂|工厂|企业|合作社|公司|村|社区|中学|"
    r"学校|乡|镇|乡镇|单位|部门)(?![们均才])"
)
_SOMEWHERE = re.compile(
    rf"{_PLACE}(?:村|屯|垭|沟村|乡|镇|集镇|社区|小区|街道|嘉苑|新村|巷|渠|公司|集团|合作社|小学|中学|医院|卫生院|卫生室|化工|宿舍)"
    r"(?!庄|民|镇|村|道|里的人|干部|振兴|级|镇企业|建设|治理|两级|规划|改革|改造|改制|医疗|教育|服务|保障|居民)"
    r"|×[县乡镇区市村厂]"
)
_WHEN = re.compile(
    r"(?:去年|前年|大前年|上个?(?:月|星期|周)|昨天|昨晚|前天|前几天|那天|那年|当时|后来|有一(?:次|回|年|天)|早年|小时候|年轻时|"
    r"(?:今年|去年|前年)?(?:春天|夏天|秋天|冬天|正月|腊月|[一二三四五六七八九十]{1,2}月)|\d{4}年|从前|当年|头一(?:年|天|回|趟)|第二(?:年|天)|"
    r"我去的|我到|我在[^，。]{1,8}(?:看|见|碰|遇)|事发|这一年|一年下来)"
)
_HAPPENED = re.compile(
    r"(?:他|她|老人家?|人家|大娘|大嫂|对方|师傅|有人|[老小][一-鿿]|厂长)[^，。“]{0,8}(?:说|讲|问|答|喊|写)(?:道|了一句话|过一句话)?[，：]|"
    r"(?:问我|告诉我|跟我(?:说|讲)|对我(?:说|讲)|拉着我|找到我|我问)|[说讲问答喊写道]：“|写着?(?:一句|四个字|：)|"
    r"[^，。]{2,16}[一-鿿]了[一二三四五六七八九十百千两几半\d][^，。]{1,10}|"
    r"(?:他|她)(?:没有|没|又|就|当场|自己|们|只|把|从|在|蹲|花|卖|回|去|先|[^，。]{1,6}[着了过])|"
    r"(?:摔|塌|冲断|烂掉|开裂|漏了|倒了|垮了|救了|送进医院|找上门|闹得|罚了|清退|带头|试过|试了|起死回生|走了|改成了|学会|办成|脱了贫|翻了)"
)
_FOR_EXAMPLE = re.compile(r"(?:比如|例如|譬如|就拿|以[^，。]{2,10}为例)")
_TELLING = 3
"""How often a paragraph must tell when something was and what happened, at least."""


def tells_case(body: str) -> bool:
    """Returns whether a paragraph of the passage has somebody or a named place, and tells what happened."""
    return any(_is_case(paragraph[:_LONGEST_PARAGRAPH]) for paragraph in body.split("\n"))


def _is_case(paragraph: str) -> bool:
    who = len(set(_SOMEBODY.findall(paragraph)))
    where = len(set(_SOMEWHERE.findall(paragraph)))
    if not who and not where:
        return False
    times, happened = len(_WHEN.findall(paragraph)), len(_HAPPENED.findall(paragraph))
    points = (
        min(times, 2) + min(happened, 4) + min(who, 2) + min(where, 2) + bool(_FOR_EXAMPLE.search(paragraph))
    )
    return happened > 0 and points >= _TELLING
