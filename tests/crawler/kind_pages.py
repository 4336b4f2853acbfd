"""Pages of our own in the markup of many content systems, for `test_kind`."""

# ruff: noqa: E501
# Markup, one page a line: broken into short lines it would be harder to compare.

HOME = "http://law.example"
TITLES = [
    "网贷逾期三个月没有还会被起诉吗",
    "欠条上没有写利息还能要求支付利息吗",
    "公司拖欠工资不给签合同怎么办",
    "交通事故对方全责却不肯赔钱该怎么处理",
    "父母去世后房产怎样办理继承",
    "信用卡停息挂账要满足哪些条件",
]
SENTENCES = [
    "很多人收到催收短信以后非常着急，其实先弄清楚欠了多少钱、欠了多久，才能谈下一步怎么办。",
    "按照法律规定，双方没有约定利息的，视为没有利息，但是逾期之后仍然可以要求支付资金占用费。",
    "如果收到法院的传票，千万不要置之不理，应当在规定的时间内提交答辩状和证据。",
    "协商的时候要留下书面记录，最好用录音或者邮件的方式，把每一次沟通的内容固定下来。",
    "实在没有能力一次还清的，可以向平台说明情况，申请分期，或者请调解组织帮忙。",
]
NAV = '<ul><li><a href="/">首页</a></li><li><a href="/jr/">金融债务</a></li><li><a href="/hy/">婚姻家庭</a></li></ul>'
FOOTER = '<div class="footer"><p>Copyright © 某某法律网 版权所有 <a href="/about.html">关于我们</a> 粤ICP备00000000号</p></div>'
SIDE = "<div><h3>热门文章</h3><ul>" + "".join(
    f'<li><a href="/hot/{n}.html">{title}</a></li>' for n, title in enumerate(TITLES)
) + "</ul></div>"  # fmt: skip
RELATED = "<h3>相关文章</h3>" + "".join(
    f'<div><h3><a href="/r/{n}.html">{title}</a></h3><p>{SENTENCES[n % 5]}{SENTENCES[0]}</p></div>'
    for n, title in enumerate(TITLES)
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
BREADCRUMB = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/jr/">金融债务</a> &gt; </div>'
PAGER = '<div><span>1</span><a href="/jr/2.html">2</a><a href="/jr/3.html">3</a><a href="/jr/2.html">下一页</a></div>'
NEIGHBOURS = '<p>上一篇：<a href="/jr/8.html">车辆被扣押应该找谁</a></p><p>下一篇：<a href="/jr/6.html">没有了</a></p>'


def page(title: str, main: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{NAV}{main}{FOOTER}</body></html>"


def items(form: str, count: int = 6) -> str:
    return "".join(
        form.format(n=n, title=TITLES[n % 6], text=SENTENCES[n % 5], body=BODY)
        for n in range(count)
    )


HEADLINE = T = TITLES[0]
ARTICLES = {
    "WordPress": page(f"{T} – 某某法律网", f'<article><h1 class="entry-title">{T}</h1><div><span>2026年3月4日</span> <a href="/author/admin">admin</a></div><div class="entry-content">{BODY}</div></article>{RELATED}<div id="comments"><ol><li>张三：写得很好，已经按照文章里说的办法处理了，谢谢律师。</li></ol></div>{SIDE}'),
    "Typecho": page(f"{T} - 某某法律网", f'<h1 class="post-title"><a href="https://www.law.example/archives/1/">{T}</a></h1><ul><li>作者: <a href="/author/1/">admin</a></li><li>时间: March 4, 2026</li></ul><div>{BODY}</div><ul><li>上一篇: <a href="/archives/0/">{TITLES[1]}</a></li></ul>{SIDE}'),
    "DedeCMS": page(f"{T}_金融债务_某某法律网", f'<div class="place">{BREADCRUMB}</div><div class="viewbox"><div class="title"><h2>{T}</h2></div><div class="info"><small>时间:</small>2026-03-04 10:11<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>88次</div><div class="content"><table><tr><td>{BODY}</td></tr></table></div></div>{NEIGHBOURS}{SIDE}'),
    "Discuz": page(f"{T} - 债务交流 - 某某论坛 - Powered by Discuz!", f'<h1><a href="/forum-2-1.html">[求助]</a> <span>{T}</span></h1><div><a href="/space-uid-3.html">小王</a> 发表于 2026-3-4 10:11</div><table><tr><td>{BODY}</td></tr></table><div><a href="/space-uid-4.html">律师甲</a> 发表于 2026-3-5</div><table><tr><td>{SENTENCES[1]}</td></tr></table>'),
    "PbootCMS": page(f"{T}-金融债务-某某律师事务所", f'{BREADCRUMB}<div class="my-4"><h2 class="text-center">{T}</h2><div class="text-center">时间：2026-03-04 访问量：12</div><div class="content">{BODY}</div><div><p>上一篇：<a href="/jr/2.html">{TITLES[2]}</a></p></div></div>'),
    "EmpireCMS in tables": page(f"{T} - 金融债务", f'<table><tr><td>{BREADCRUMB}</td></tr></table><table><tr><td><font size=5><b>{T}</b></font></td></tr><tr><td>2026-03-04 来源：本站</td></tr><tr><td>{"<br><br>".join(SENTENCES)}</td></tr></table>{SIDE}'),
    "question with answers": page(f"{T}？-法律咨询-某某找法网", f'<h1>{T}？</h1><p>提问时间：2026-03-04 广东深圳</p><p>借了两万块钱。</p><h2>律师解答</h2><div><a href="/lawyer/1">李律师</a><p>{SENTENCES[2]}</p></div><div><a href="/lawyer/2">赵律师</a><p>{SENTENCES[3]}</p></div><h2>相关问题</h2><ul>{items("<li><a href=/ask/{n}.html>{title}</a></li>")}</ul>{SIDE}'),
    "short": page(f"{T} - 某某法律网", f'<h1>{T}</h1><div>3天前</div><div><p>不会坐牢，但是会被起诉，也会影响征信，应当尽早协商还款，不要失去联系，更不要以贷养贷。</p></div>{RELATED}{SIDE}'),
    "side bar first": page(f"{T} - 某某法律网", f'{SIDE}<div><h1>{T}</h1><p>2026-03-04</p>{BODY}</div>'),
    "links inside the text": page(f"{T} - 某某法律网", f'<h1>{T}</h1><p>2026-03-04</p>{BODY}<p><a href="/x/1.html">延伸阅读：{TITLES[3]}</a></p>{BODY}<p><a href="/x/2.html">延伸阅读：{TITLES[4]}</a></p>{BODY}'),
    "in several pages": page(f"{T} - 某某法律网", f'<h1>{T}</h1><div>2026-03-04 作者：李律师</div>{BODY}<div><a href="{HOME}/a/1_2.html">2</a><a href="{HOME}/a/1_3.html">3</a><a href="{HOME}/a/1_2.html">下一页</a></div>{RELATED}'),
    "without a headline in the title": page("某某法律网", f'{BREADCRUMB}<div class="tit">{T}</div><div>发布时间：2026-03-04 来源：本站</div>{BODY}{NEIGHBOURS}'),
    "card of another article first": page(f"{T} - 某某法律网", f'<h1>{T}</h1><div><h2><a href="/jr/9.html">{TITLES[1]}</a></h2><p>{SENTENCES[1]}</p></div>{BODY}{RELATED}'),
    "short, with a short title": page("欠钱不还怎么办 - 某某法律网", f'<h1>欠钱不还怎么办</h1><div>3天前 阅读 12</div><div><p>可以起诉。</p><p>{SENTENCES[2]}</p></div>{NEIGHBOURS}{RELATED}{SIDE}'),
    "about captchas": page("登录网贷平台一直提示安全验证怎么办", f"<h1>登录网贷平台一直提示安全验证怎么办</h1><p>3天前</p><p>有人问：页面不存在怎么办？</p>{BODY}"),
    "about a missing page": page("合同页面丢失是否有效", f"<h1>合同页面丢失是否有效</h1><p>2026-03-04</p>{BODY}"),
}  # fmt: skip

LISTS = {
    "WordPress, excerpts": ("/category/jr/", page("金融债务 – 某某法律网", f'<h1 class="page-title">分类：金融债务</h1>{items("<article><h2><a href=/p/{n}>{title}</a></h2><div>2026年3月4日</div><p>{text}</p></article>")}{PAGER}{SIDE}')),
    "WordPress, archive by month": ("/2026/03/", page("2026年3月 – 某某法律网", f'<h1>月度归档： 2026 年 3 月</h1>{items("<article><h2><a href=/p/{n}>{title}</a></h2>{body}</article>")}{SIDE}')),
    "Typecho, ten whole articles": ("/category/jr/", page("分类 金融债务 下的文章 - 某某法律网", f'<h3 class="archive-title">分类 金融债务 下的文章</h3>{items("<article><h2><a href=/archives/{n}/>{title}</a></h2><ul><li>作者: <a href=/author/1/>admin</a></li><li>时间: 2026-03-04</li></ul>{body}</article>", 10)}{SIDE}')),
    "home with whole articles": ("/", page("某某法律网 - 专业的债务咨询平台", f'<h1><a href="/">某某法律网</a></h1>{items("<article><h2><a href=/archives/{n}/>{title}</a></h2>{body}</article>", 10)}')),
    "DedeCMS, titles": ("/jr/", page("金融债务_某某法律网", f'{BREADCRUMB}<ul>{items("<li><span>2026-03-04</span><a href=/jr/{n}.html>{title}</a></li>", 20)}</ul><ul><li>首页</li><li>1</li><li><a href="list_2_2.html">2</a></li><li><a href="list_2_3.html">3</a></li><li><a href="list_2_2.html">下一页</a></li><li>共 3 页 54 条</li></ul>')),
    "DedeCMS, summaries": ("/jr/list_2_2.html", page("金融债务_某某法律网", f'{BREADCRUMB}<ul>{items("<li><a href=/jr/{n}.html>{title}</a><span>日期：2026-03-04 点击：9</span><p>{text}</p></li>")}</ul>')),
    "Discuz board": ("/forum-2-1.html", page("债务交流 - 某某论坛 - Powered by Discuz!", f'<h1><a href="/forum-2-1.html">债务交流</a></h1><p>版主: 小王。本版讨论贷款和信用卡的各种问题，发帖之前请看置顶帖，不要留下自己的电话号码和身份证号码。</p><table>{items("<tr><td><a href=/thread-{n}-1-1.html>{title}</a></td><td>小王 昨天 10:11</td><td>12</td></tr>", 20)}</table><div><a href="/forum-2-2.html">2</a><a href="/forum-2-3.html">3</a><a href="/forum-2-2.html">下一页</a></div>')),
    "PbootCMS": ("/jr/", page("金融债务-某某律师事务所", f'{BREADCRUMB}{items("<div class=media><a href=/jr/{n}.html><h5>{title}</h5><p>{text}</p><span>2026-03-04</span></a></div>")}<div>共6条 当前1/1页</div>')),
    "questions": ("/ask/", page("法律咨询_免费在线法律咨询-某某找法网", f'<h1>法律咨询</h1>{items("<div><a href=/ask/{n}.html>{title}？</a><p>律师解答：{text}</p><span>3小时前</span></div>")}')),
    "one item": ("/jt.html", page("交通事故 - 某某法律网", f'{BREADCRUMB}<h1>交通事故</h1>{items("<div><h2><a href=/jt/{n}.html>{title}</a></h2><div>admin 3天前</div><p>{text}{text}</p></div>", 1)}{SIDE}')),
    "two items": ("/jt.html", page("交通事故 - 某某法律网", f'{BREADCRUMB}<h1>交通事故</h1>{items("<div><h2><a href=/jt/{n}.html>{title}</a></h2><p>{text}{text}</p></div>", 2)}{SIDE}')),
    "long name, one item": ("/jt.html", page("交通事故人身损害赔偿纠纷 - 某某法律网", f'{BREADCRUMB}<h1>交通事故人身损害赔偿纠纷</h1>{items("<div><h2><a href=/jt/{n}.html>{title}</a></h2><div>admin 3天前</div><p>{text}{text}</p></div>", 1)}{SIDE}')),
    "long name, summaries": ("/jt.html", page("交通事故人身损害赔偿纠纷 - 某某法律网", f'{BREADCRUMB}<h1>交通事故人身损害赔偿纠纷</h1>{items("<div><a href=/jt/{n}.html>{title}</a><div>admin 3天前</div><p>{text}{text}</p></div>", 5)}{SIDE}')),
    "long name, whole articles": ("/jt.html", page("交通事故人身损害赔偿纠纷 - 某某法律网", f'{BREADCRUMB}<h1>交通事故人身损害赔偿纠纷</h1>{items("<div><h2><a href=/jt/{n}.html>{title}</a></h2><div>admin 3天前</div>{body}</div>", 5)}{PAGER}{SIDE}')),
    "long name, titles": ("/jt.html", page("交通事故人身损害赔偿纠纷 - 某某法律网", f'{BREADCRUMB}<h1>交通事故人身损害赔偿纠纷</h1><ul>{items("<li><a href=/jt/{n}.html>{title}</a> 03-04</li>", 9)}</ul>{SIDE}')),
    "empty": ("/?date=1955-3", page("1955年3月 - 某某法律网", f"<div>暂未找到相关内容...</div>{SIDE}")),
    "nothing found": ("/search.php?q=x", page("搜索 热搜词 - 某某法律网", f"<h1>搜索 热搜词</h1><p>抱歉，未找到相关内容</p>{SIDE}")),
    "tags": ("/tags.html", page("标签云 - 某某法律网", "<h1>标签云</h1>" + "".join(f'<a href="/tag/{n}">借款利息</a> ' for n in range(50)))),
    "login": ("/login.php", page("登录 - 某某法律网", '<h1>登录</h1><form><label>用户名</label><input name="u"><label>密码</label><input type="password"><label>验证码</label><input></form>')),
    "about": ("/about.html", page("关于我们 - 某某法律网", f"<h1>关于我们</h1>{BODY}")),
    "comment form of an article": ("/p/1?reply=3", page(f"{T} - 某某法律网", f"<h1>{T}</h1><p>3天前</p>{BODY}", f'<link rel="canonical" href="{HOME}/p/1">')),
    "category with a description, titles": ("/jr/", page("金融债务 - 某某法律网", f'<h1>金融债务</h1><p>{SENTENCES[0]}{SENTENCES[1]}</p><ul>{items("<li><a href=/jr/{n}.html>{title}</a><span>03-04</span></li>", 15)}</ul>')),
    "category with a description, summaries": ("/jr/", page("金融债务 - 某某法律网", f'<h1>金融债务</h1><p>{SENTENCES[0]}</p>{items("<div><a href=/jr/{n}.html>{title}</a><p>{text}</p></div>")}')),
    "category with a description": ("/jr/", page("金融债务 - 某某法律网", f'<h1>金融债务</h1><p>{SENTENCES[0]}</p>{items("<div><h2><a href=/jr/{n}.html>{title}</a></h2><p>{text}</p></div>")}{PAGER}')),
}  # fmt: skip


BLOCKS = {
    "captcha": page("安全验证", "<div><p>请完成下方验证后继续访问</p><input><button>提交</button></div>"),
    "slider": "<html><title>访问验证</title><body><p>请拖动滑块完成拼图</p></body></html>",
    "too often": "<html><body>您的访问过于频繁，请稍后再试</body></html>",
    "firewall": "<html><title>网站防火墙</title><body><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p></body></html>",
    "challenge": '<html><title>Just a moment...</title><body><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>',
    "cookie script": "<html><body><script>document.cookie='k=1';location.reload()</script></body></html>",
    "script with a mark": "<html><head><script>var arg1='A';acw_sc__v2=1</script></head><body></body></html>",
}  # fmt: skip


ERRORS = {
    "missing page": page("页面不存在 - 某某法律网", "<p>抱歉，您访问的页面不存在或已被删除</p>"),
    "404": page("404 - 某某法律网", '<h1>404</h1><p>页面走丢了，<a href="/">返回首页</a></p>'),
    "Discuz": page("提示信息 - 某某论坛", "<p>抱歉，指定的主题不存在或已被删除或正在被审核</p>"),
    "new site": "<html><title>我的网站 - Good Luck To You!</title><body><h1>我的网站</h1><h2>Good Luck To You!</h2></body></html>",
    "database": "<html><title>Error</title><body><h1>Error establishing a database connection</h1></body></html>",
    "maintenance": "<html><title>某某法律网</title><body><p>网站维护中，请稍后访问。</p></body></html>",
    "server": "<html><title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>",
}  # fmt: skip
