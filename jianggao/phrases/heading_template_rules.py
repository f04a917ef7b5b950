"""Lists the frames of headings that `heading_templates` looks for, and the verbs that headings begin with.

A frame is written as a heading: `~` is a gap (the words that the writer fills in), the rest is kept. (?:…|…)
are alternatives, of which the heading's own is kept.
"""

from __future__ import annotations

import re

UNSEEN = "\ue000"
"""Stands for what was cut off a heading's end: it fills a gap and is never kept."""


def frame(template: str) -> re.Pattern[str]:
    """Returns the pattern of a frame, with its gaps as groups named g1, g2 ….

    A gap matches as little as it can and stays within its clause; the last one extends to the end.
    """
    parts = template.split("~")
    gaps = [f"(?P<g{number}>[^，]+?)" for number in range(1, len(parts))]
    return re.compile("".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True)))


PAIRS = tuple(
    frame(template)
    for template in (
        "既要~，(?:又要|也要|更要|还要|又|也)~",
        "既~，(?:又|也|更)~",
        "(?:不仅要|不仅|不但|不光|不只)~，(?:更要|还要|也要|而且|更|还|也)~",
        "不是~，(?:而是|是|就是)~",
        "~不是~，(?:而是|是|就是)~",
        "只有~，(?:才能|才)~",
        "没有~，就没有~",
        "与其~，不如~",
        "(?:宁可|宁愿|宁肯)~，(?:不可|也不|决不|绝不|不)~",
        "先~，(?:再|后|然后)~",
        "越~，越~",
        "谁~，谁~",
        "谁~，就~谁~",
        "少~，多~",
        "多~，少~",
        "有~，(?:更有|也有|还有|有)~",
        "(?P<can>[能该愿会敢])~的~，(?P=can)~的~",
        "不(?P<verb>[一-鿿])~，(?:只|就|要)?(?P=verb)~",
        "~不(?P<verb>[一-鿿])~，(?:只|就|要)?(?P=verb)~",
        "(?P<verb>[问看讲比求靠等拼做数])~，(?:别|不)(?P=verb)~",
        "~(?P<link>[靠比])~，~(?P=link)~",
        "要~，(?:更要|也要|还要|不要|不能)~",
        "~既要~，(?:又要|也要|更要|还要)~",
        "~要~，(?:更要|也要|还要|更|也)~",
    )
)
"""Frames over two clauses, the tightest first."""

ASKING = (frame("(?:为什么|怎么|怎样|如何|为何|何以|靠什么|凭什么|为了什么|谁来|由谁来)~"),)
"""A clause that begins like a question is one."""

ASKED = (
    frame(
        "~(?:是什么|为什么|怎么[看办干走管抓]|在哪里|在哪儿|从哪里来|[往到]哪里去|靠什么|[干做抓]什么|行不行|够不够)"
    ),
)
"""Ends of a question that doesn't begin like one."""

# 在…上下功夫, 在…中见实效
_FIRM = "[下求见出作做走动显争创聚使用当展立抓谋树][一-鿿]{2}"
# 把…放在…, 把…送到…, 把…融入… (but not 存在 or 达到, which are one word)
_PUT = (
    "(?![正现存所不还潜内外实])[一-鿿]在|(?![达感得收直不])[一-鿿]到|[还交留让送献借亮递传补]给|"
    "[融深贯压建注]入|[织放写请][进入](?!来)"
)
# 把…作为…, 把…建成…
_MADE = "作为|(?:转化|转变|变|建设|打造|锻造)[为成]|[当看做干变建办写修串][成作]"
# 把…结合起来
_TOGETHER = "(?:结合|联系|统一|衔接|调动|发动|组织|凝聚)起来"
# 把…扛起来, 把…管好
_DONE = "起来|下[去来]|出[来去]|进[去来]|回[来去]|过[来去]|上[来去]"
_ENDED = "到底|到位|清楚|干净|实在|[实细牢好住紧透上掉开稳准明正清强断灭净死]"

CLAUSES = tuple(
    frame(template)
    for template in (
        "既要~(?:又要|也要|更要)~",
        "既~[又也]~",
        "~要从~(?:变成|变为|转为|转到|转向|走向|到)~",
        f"要?把~(?:{_MADE}|{_PUT}|当(?![作成年前时]))~",
        f"要?把~(?:{_TOGETHER}|[一-鿿](?:{_DONE}|{_ENDED}))",
        "[要别不]?把~",
        f"在~(?:[上中下里]|方面){_FIRM}",
        "在~(?:[上中下里]|方面)(?:实现|取得|展现|彰显|争当|争做|体现|推动)~",
        "在~[上中下里]~",
        "以~为~",
        "以~(?:促进|推动|引领|带动|保障|支撑|破解|赢得|换取|推进|提升|[促带推强保助谋求赢换兴育铸])~",
        "用~(?:换来|换|守护|托起|诠释|书写|回答|检验|凝聚|破解|说话)~",
        "[从由]~(?:走向|变成|变为|转为|转向|迈向|到|向)~",
        "从~(?:抓起|做起|改起|严起)",
        "变~为~",
        "[要别不]?(?:让|使|叫(?![醒停好卖做得]))~(?:更加|更|成为|变成)~",
        "[要别不]?(?:让|使|叫(?![醒停好卖做得]))~",
        "为~(?:提供|注入|贡献|增添|赋能|奠定|创造|[添争当作])~",
        "为~(?:保驾护航|增光添彩|鸣笛|撑腰|赋能|减负)",
        "给~(?:撑腰|挪位|减负|松绑|点赞|赋能|加油|让路|降温)",
        "给~(?:留出|卸下|[留标找立定开减添补送])~",
        "向~(?:看齐|亮剑|进军|迈进)",
        "向~(?:聚焦|发力|[要借学])~",
        "[做当]~的~",
        "(?:别|莫|不要|不能|不许|不准|不搞|绝不|决不)~",
        "(?:既要|不仅|不但|只有|与其|宁可)~",
    )
)
"""Frames that a clause begins with, the tightest first."""

MIDDLES = tuple(
    frame(template)
    for template in (
        "~(?:不能|不许|不准|不可|不要|(?<![舍不])不得|(?<![特个类区分级差告性])别|莫)~",
        "~(?:就是|才是|不是|也是|都是|(?<![但于还只正可而总要既硬凡若其别])是(?!否|非))~",
        "~(?<![需重主只必还想摘紧概简纲最不])要(?![求素点害紧领道命])~",
    )
)
"""Frames around a word in the middle, where a clause has no other."""

_ADVERBS = (
    "全力 大力 着力 切实 扎实 深入 进一步 持续 不断 全面 加快 积极 努力 坚决 始终 牢牢 更加 必须 一定要 "
    "要 继续 主动 狠 严格 稳步 有序 精心 认真 充分 高度 坚定不移 坚持不懈 毫不动摇 千方百计 纵深 统筹 有力 高效 "
    "协同 率先 有效 真正 奋力 强力 合力 用心 用情 紧紧 自觉 正确 妥善 综合 科学 精准 优先 突出 从严 "
    "从实 更好 牢固 逐步 不失时机地"
)
_VERBS = (
    "坚持 强化 推进 加强 聚焦 突出 压实 狠抓 紧扣 紧盯 围绕 立足 着眼 把握 夯实 筑牢 深化 优化 完善 "
    "健全 建立 构建 打造 提升 提高 增强 促进 推动 落实 抓好 抓实 抓牢 抓紧 做好 做强 做优 做实 做大 "
    "做细 办好 建好 建强 用好 管好 守好 守住 守牢 护好 打好 打赢 打通 打破 破除 破解 化解 防范 防控 "
    "严守 严防 严明 严把 严查 严管 树立 树牢 弘扬 传承 发扬 保持 保障 确保 维护 巩固 拓展 扩大 拓宽 "
    "激发 激活 释放 凝聚 汇聚 集聚 壮大 培育 培养 厚植 涵养 锤炼 锻造 砥砺 勇担 担当 扛起 扛牢 履行 "
    "发挥 改进 改善 转变 转换 加快 加大 统筹 协调 整合 盘活 补齐 补强 严格 严肃 整治 实施 开展 贯彻 "
    "领会 认清 认识 看清 找准 盯紧 瞄准 锚定 对标 明确 牢记 铭记 不忘 践行 支持 引导 鼓励 注重 重视 "
    "正视 解决 克服 摒弃 杜绝 消除 遏制 减轻 降低 振兴 开创 谱写 书写 争创 争当 争做 奋进 勇当 当好 "
    "讲好 唱响 擦亮 啃下 稳住 稳定 调整 挖掘 引进 吸引 留住 防止 关注 关心 关爱 密切 依靠 尊重 练就 "
    "练好 勇于 敢于 善于 甘于 乐于 珍惜 追求 永葆 常怀 回顾 展望 高举 落细 查摆 检视 整改 压紧 拧紧 "
    "织密 筑起 撑起 架起 搭建 倡导 增进 增加 深耕 深挖 延伸 守护 兑现 倾听 回应 把牢 把准 把好 把稳 "
    "走好 走稳 走实 跑出 干出 交出 赓续 理顺 理清 摸清 算好 算清 挺起 铸牢 打牢 打磨 学会 读懂 啃掉 "
    "管住 开发 搞好 处理 实现 保证 控制 做到 完成 运用 调动 确立 改变 优先 面向"
)
_NOUN_LIKE = "服务 建设 发展 学习 治理 规范 保护 创新 改革 宣传 总结 教育 管理"
"""Verbs that are as often nouns: 服务商要…, 建设和改革…"""


def _one_of(words: str) -> str:
    """Returns a pattern of these words, the long ones first: 进一步 must not match as 进."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


# Behind these a verb that is as often a noun is a noun: 服务商, 创新和…; 服务群众 and 建设和治理… open with a
# verb.
_NOT_A_NOUN = (
    rf"(?!商|单位|部门|人员|工作|能力|动力|成果|环境|质量|水平|战略|体系|机制|成效|发展|目标|思路|方式|理念|"
    rf"[型化者员性力区的是要]|和(?!谐|美)(?!{_one_of(_VERBS)})|[与、](?!{_one_of(_VERBS)})|$)"
)
_VERB = rf"(?:{_one_of(_VERBS)}|(?:{_one_of(_NOUN_LIKE)}){_NOT_A_NOUN}|(?![居原入常])[一-鿿][掉住牢])"
VERB = frame(rf"(?:(?:{_one_of(_ADVERBS)}){{0,2}}{_VERB}(?:[和与并、]{_VERB})?)~")
"""A clause that opens with a verb, with or without adverbs: 全力破除……, 加强和改善……."""

SHORT_VERBS = frozenset("讲强抓促保稳守树优转提惠补破立学做干争创护防控治建育聚谋作当勇扩增减降去亮晒比带")
"""Verbs of one character that open clauses of three: 讲政治、强担当."""
