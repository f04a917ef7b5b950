"""Paragraphs of a speech, and web pages made of them as sites and programs make theirs."""

from __future__ import annotations

SALUTATION = "各位看渠的老少爷们："
FIRST = "修一条渠要三年，看好一条渠要三十年。今年冬天的水位比去年低了一尺，不是天少给了，是几处漏眼没有堵住。"
SECOND = (
    "六个人守不住四十里渠，可是沿渠有三十一个村子，村村都有早起放牛的人，请他们顺手看一眼，是几百双眼睛。"
)
THIRD = "账要贴在墙上，不要锁在抽屉里。谁家出了工，谁家收了钱，一笔一笔写清楚，写错了当众改，改完了签名。"
TITLE = "在看渠人大会上的讲话"

GOVERNMENT = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{TITLE}_青禾县人民政府</title><style>.a{{color:red}}</style><script>var a="<p>假的</p>";</script></head>
<body><form id="form1" action="x"><input type="hidden" name="state" value="abc">
<div class="header"><a href="/">首页</a> <a href="/zw">政务公开</a></div>
<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a href="/ld">领导讲话</a></div>
<table width="980"><tr><td><table><tr><td align="center"><h1>{TITLE}</h1></td></tr>
<tr><td>发布时间：2025-03-18　来源：县水务局</td></tr>
<tr><td><a href="#">打印本页</a></td></tr>
<tr><td><div id="zoom"><p>&nbsp;&nbsp;&nbsp;&nbsp;{SALUTATION}</p><p>　　{FIRST}</p>
<p><strong>　　一、先堵漏眼</strong></p><p>　　{SECOND}</p><p><b>　　二、再清账目</b></p><p>　　{THIRD}</p>
<table border=1><tr><th>村名</th><th>长度</th><th>看护人</th></tr><tr><td>南湾</td><td></td><td>方守渠</td></tr>
<tr><td colspan=2>合计</td><td>6人</td></tr></table>
<p style="display:none">加微信领全套文稿，名额有限。</p></div></td></tr></table></td></tr></table>
<div class="footer">主办：青禾县人民政府　地址：城关镇人民路，邮编：000000。</div></form></body></html>"""
WECHAT = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<meta property="og:title" content="渠边夜话：{TITLE}" /></head><body><div id="js_article"><h1 id="activity-name">
          渠边夜话：{TITLE}
</h1><div id="meta_content"><span id="copyright_logo">原创</span>
<span class="rich_media_meta rich_media_meta_text">方守渠</span><span class="rich_media_meta rich_media_meta_nickname">
<a href="javascript:void(0);" id="js_name"> 青禾水务 </a></span>
<em id="publish_time">2025年3月18日</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">
<p><span leaf="">{SALUTATION}</span></p><p><br></p><section><p><strong><span>01 漏眼在哪里</span></strong></p></section>
<p><span>{FIRST}</span></p><p><img data-src="https://pictures.example/x.png" alt="图片"></p>
<section><p><strong>02 人从哪里来</strong></p></section><p>{SECOND[:20]}<span>{SECOND[20:]}</span></p><p>{THIRD}</p>
</div></div><div id="js_pc_qr_code" style="display:none;"><p>微信扫一扫<br>关注该公众号</p></div></body></html>"""
NEWS = f"""<!DOCTYPE html><html lang="zh"><head><title>把看渠的账算到人头上 - 青禾新闻网</title></head><body>
<header><nav><ul><li><a href=/>首页</a></li><li><a href=/x>要闻</a></li></ul></nav></header>
<main><article class="post"><h1>把看渠的账算到人头上</h1><div class="meta">2025-03-18 09:20 来源：青禾日报</div>
<div class="content"><h2>一、漏眼在哪里</h2><p>{FIRST}</p><h2>二、人从哪里来</h2><p>{SECOND}</p><h3>（一）请人</h3>
<p>{THIRD}</p></div><div class="share">分享到：<a href=1>微博</a><a href=2>微信</a></div></article>
<aside class="sidebar"><h3>热门文章</h3><ul><li><a href=3>冬天的水为什么这么冷，专家这样说</a></li></ul></aside></main>
<footer><p>版权所有，未经许可不得转载。</p></footer></body></html>"""
PLAIN_DIVS = f"""<html><head><title>{TITLE}-领导讲话-青禾县水务局</title></head>
<body><div id=top><div>欢迎访问</div></div><div class=wrap><div class=l><ul>
<li><a href=a>局长信箱</a></li><li><a href=a>办事指南</a></li></ul></div>
<div class=r><div class=t>{TITLE}</div><div class=i>作者：办公室 日期：2025年3月18日</div><div class=c>
<div>{SALUTATION}</div><div>{FIRST}</div><div><span style="font-weight:bold">一、漏眼</span></div>
<div>{SECOND}</div><div>{THIRD}</div>
<div>青禾县水务局</div></div><div class=next>上一篇：<a href=1>关于放水的通知</a></div></div></div></body></html>"""
LINE_BREAKS = f"""<html><head><title>讲话</title></head><body><font size=3><center><b>{TITLE}</b></center><br>
（2025年3月18日）<br><br>{SALUTATION}<br>　　{FIRST}<br>　　一、漏眼<br>　　{SECOND}<br>　　二、账目<br>　　{THIRD}</font>
</body></html>"""
FROM_WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>　</title>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style><!-- p {{margin:0}} --></style></head>
<body lang=ZH-CN><div class=WordSection1><p class=MsoTitle><span>{TITLE}<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><span>{SALUTATION}<o:p></o:p></span></p><h2><span>一、漏眼在哪里</span></h2><p><span>{FIRST[:30]}
{FIRST[30:]}</span></p><h2>二、人从哪里来</h2><p class=MsoNormal>{SECOND}</p></div></body></html>"""
