/**
 * The report's one style sheet. It is fixed text: its digest stands in the document's CSP, and nothing captured is ever put into
 * it. Sizes in rem on screen, in points on paper; tables in the three-rule form of Chinese laboratory reports.
 */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ground:#e9ebee;--ink:#1a1d21;--soft:#5a636e;--line:#d9dde2;--rule:#1a1d21;--tint:#f5f6f8;--accent:#1d3a5f;
--beyond:#b3231b;--beyond-tint:#fcf1ef;--conditional:#8a5a00;--conditional-tint:#fdf6e7;--necessary:#1d6b3f;--necessary-tint:#eef6f0;--technical:#3f5874;--technical-tint:#eff3f7;--unjudged:#5a636e;--unjudged-tint:#f3f4f5}
@media screen and (prefers-color-scheme:dark){:root{--paper:#16191d;--ground:#0d0f12;--ink:#e4e7eb;--soft:#9aa4b0;--line:#30363d;--rule:#8b95a1;--tint:#1e2227;--accent:#9dbde6;
--beyond:#ff8d80;--beyond-tint:#2b1a19;--conditional:#e8b65a;--conditional-tint:#292114;--necessary:#7fce9b;--necessary-tint:#15261c;--technical:#a3bcd8;--technical-tint:#1a222b;--unjudged:#9aa4b0;--unjudged-tint:#1e2227}}
*{box-sizing:border-box}
html{font-size:15px;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font-family:-apple-system,BlinkMacSystemFont,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif;line-height:1.7;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:60rem;margin:2rem auto;padding:4rem 4.5rem 3.5rem;background:var(--paper);box-shadow:0 1px 3px #0002,0 8px 32px #0001}
h1,h2,h3,h4,.numbers b,.sentence{line-height:1.35;text-wrap:balance}
h1{margin:.3rem 0 .4rem;font-size:2.1rem;font-weight:700;letter-spacing:.01em;color:var(--accent)}
h2{margin:3rem 0 1rem;padding-bottom:.45rem;border-bottom:2px solid var(--accent);font-size:1.3rem;color:var(--accent)}
h2 .no{display:inline-block;min-width:1.9em;font-weight:400}
h3{margin:2rem 0 .5rem;font-size:1.07rem}
h4{margin:0;font-size:1rem}
p{margin:.5rem 0}
a{color:inherit;text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC","Liberation Mono",monospace;font-size:.9em}
.soft{color:var(--soft)}
.small{font-size:.88em}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.note{padding:.6rem .9rem;border-left:3px solid var(--line);background:var(--tint);color:var(--soft)}
.kind{margin:0;color:var(--soft);letter-spacing:.12em;font-size:.87rem}
.lead{margin:0 0 1.8rem;color:var(--soft)}
.facts{margin:1rem 0;border-top:1px solid var(--line)}
.facts>div{display:grid;grid-template-columns:9.5em 1fr;gap:1rem;padding:.38rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.cover h2{margin:0;padding:0;border:0;font-size:.95rem;letter-spacing:.12em;font-weight:600}
.conclusion{margin:1.8rem 0;padding:1.6rem 1.8rem 1.4rem;border:1px solid var(--line);border-top:4px solid var(--unjudged);background:var(--tint)}
.conclusion.beyond{border-top-color:var(--beyond)}
.conclusion.none_found{border-top-color:var(--necessary)}
.sentence{margin:.5rem 0 1.2rem;font-size:1.3rem;font-weight:600}
.numbers{display:grid;grid-template-columns:repeat(3,1fr);gap:1.5rem;margin:0 0 1.3rem;padding:0;list-style:none}
.numbers li{display:flex;flex-direction:column;padding-left:.9rem;border-left:1px solid var(--line)}
.numbers b{font-size:2.3rem;font-weight:650}
.conclusion.beyond .numbers b{color:var(--beyond)}
.numbers small{color:var(--soft);font-size:.87rem}
.distribution{margin:0}
.distribution>svg{display:block;width:100%;height:.7rem}
.distribution rect{fill:var(--unjudged)}
.distribution .beyond_necessary{fill:var(--beyond)}.distribution .conditional{fill:var(--conditional)}.distribution .necessary{fill:var(--necessary)}.distribution .technical{fill:var(--technical)}
.distribution figcaption{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin-top:.6rem;font-size:.9rem}
.key{display:inline-flex;align-items:center;gap:.3em;white-space:nowrap}
.limits{margin-top:1.1rem;padding-top:.9rem;border-top:1px solid var(--line);font-size:.93rem}
.limits ul{margin:.2rem 0 0;padding-left:1.2em}
.contents{margin:.6rem 0 0;padding:0;columns:2;column-gap:3rem;list-style:none}
.contents li{padding:.22rem 0;border-bottom:1px dotted var(--line);break-inside:avoid}
.contents .no{display:inline-block;width:2em;color:var(--soft)}
table{width:100%;margin:1rem 0 1.4rem;border-collapse:collapse;border-top:1.5px solid var(--rule);border-bottom:1.5px solid var(--rule);font-size:.93rem;line-height:1.55}
caption{padding-bottom:.45rem;text-align:left;font-weight:600}
th,td{padding:.42rem .6rem;text-align:left;vertical-align:top}
th:first-child,td:first-child{padding-left:.2rem}
th:last-child,td:last-child{padding-right:.2rem}
thead th{border-bottom:1px solid var(--rule);font-weight:600;vertical-align:bottom}
tbody tr+tr>*{border-top:1px solid var(--line)}
.tight{white-space:nowrap}
td.num,th.num,.amount,.upload .num{text-align:right}
td.num,th.num{white-space:nowrap}
td.host{min-width:13em}
td.name{min-width:9em}
td.place{min-width:11em}
th.mono{font-family:inherit;font-size:inherit}
.amount .soft{white-space:nowrap}
td.amount{min-width:5em}
td.wide{width:46%}
td.third{width:33%}td.quarter{width:24%}td.half{width:50%}
td.upload{width:11rem}
.upload .num{display:block}
.quiet span{display:inline-block}.quiet>span{margin-right:1em}
.bar{display:block;width:100%;height:.45rem;margin-top:.5em}
.bar .track{fill:var(--line)}.bar .fill{fill:var(--technical)}.bar.beyond .fill{fill:var(--beyond)}
.icon{width:.95em;height:.95em;flex:none;vertical-align:-.1em;fill:currentColor}
.icon .cut{fill:none;stroke:var(--paper);stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.icon .rim{fill:none;stroke:currentColor;stroke-width:1.7}
.icon .dash{stroke-dasharray:2.6 2}
.icon .line{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round}
.verdict{display:inline-flex;align-items:center;gap:.35em;white-space:nowrap;font-weight:600}
.verdict.beyond_necessary,.key.beyond_necessary .icon,h3.beyond_necessary .icon,.cell.beyond_necessary{color:var(--beyond)}
.verdict.conditional,.key.conditional .icon,h3.conditional .icon,.cell.conditional{color:var(--conditional)}
.verdict.necessary,.key.necessary .icon,h3.necessary .icon,.cell.necessary{color:var(--necessary)}
.verdict.technical,.key.technical .icon,h3.technical .icon,.cell.technical{color:var(--technical)}
.verdict.not_judged,.key.not_judged .icon,h3.not_judged .icon,.cell.not_judged{color:var(--unjudged)}
h3 .icon{margin-right:.4em}
h3 .count{margin-left:.2em;color:var(--soft);font-weight:400}
.severity{display:inline-block;min-width:2.2em;padding:0 .45em;border:1px solid currentColor;border-radius:2px;text-align:center;font-size:.87em;font-weight:600;line-height:1.5;color:var(--soft)}
.severity.high{color:var(--paper);background:var(--beyond);border-color:var(--beyond)}
.severity.medium{color:var(--conditional)}
.blank{display:inline-block;min-width:9em;height:1.2em;border-bottom:1px solid var(--soft);vertical-align:bottom}.blanks{display:flex;flex-wrap:wrap;gap:1.4rem 2.5rem;margin-top:2.4rem;break-inside:avoid}
.legend{break-after:avoid;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.93rem}
.legend .verdict{font-weight:400}
.matrix th[scope=row]{min-width:9em;font-weight:400;vertical-align:middle}
.matrix th.turned{height:13em;width:4.2em;padding:.2rem;vertical-align:bottom;text-align:left;font-weight:400}
.matrix th.turned span{display:block;max-height:12.4em;margin:0 auto;writing-mode:vertical-rl;transform:rotate(180deg);font-size:.86em;line-height:1.3;overflow-wrap:anywhere}
.matrix .cell{text-align:center;vertical-align:middle;border-left:1px solid var(--line)}
.matrix .cell .icon{margin-right:.3em}.matrix .marks{display:inline-block;white-space:normal;font-size:.8em;color:var(--soft)}.matrix tbody th,.matrix td{padding-top:.3rem;padding-bottom:.3rem}
.matrix .beyond_necessary{background:var(--beyond-tint)}.matrix .conditional{background:var(--conditional-tint)}.matrix .necessary{background:var(--necessary-tint)}.matrix .technical{background:var(--technical-tint)}.matrix .not_judged{background:var(--unjudged-tint)}
.finding{margin:1.2rem 0 1.8rem;padding:0 1.2rem .6rem;border:1px solid var(--line);border-top:3px solid var(--unjudged)}
.finding.beyond_necessary{border-top-color:var(--beyond)}.finding.conditional{border-top-color:var(--conditional)}.finding.necessary{border-top-color:var(--necessary)}.finding.technical{border-top-color:var(--technical)}
.finding>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .8rem;margin:0 -1.2rem;padding:.65rem 1.2rem;background:var(--tint)}
.finding>header .no{color:var(--soft)}
.finding>header h4{flex:1;min-width:14em}
.finding .arrow{color:var(--soft);font-weight:400}
.finding .facts{border-top:0;margin:.3rem 0 .8rem}
.finding table{font-size:.88rem}
.finding .url{font-size:.82em;line-height:1.5}
.finding .tag{font-size:.8em}
.value{font-weight:600}
blockquote{margin:1rem 0;padding:.2rem 0 .2rem 1.1rem;border-left:3px solid var(--accent)}
blockquote p{margin:.2rem 0}
.boxes{padding:0;list-style:none}
.boxes li{position:relative;margin:.5rem 0;padding-left:1.8em}
.boxes li::before{content:"";position:absolute;left:.1em;top:.38em;width:.95em;height:.95em;border:1.5px solid var(--soft)}
.statement li{margin:.5rem 0}
figure.picture{margin:1.2rem 0}figure.picture img{display:block;max-width:100%;max-height:32rem;border:1px solid var(--line)}figure.picture figcaption{margin-top:.4rem;font-size:.88rem;color:var(--soft)}
footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--line);color:var(--soft);font-size:.87rem}
@media screen and (max-width:48rem){main{margin:0;padding:1.6rem 1.1rem}h1{font-size:1.6rem}.numbers{grid-template-columns:1fr}.contents{columns:1}.facts>div{grid-template-columns:7em 1fr}.finding{padding:0 .8rem .4rem}.finding>header{margin:0 -.8rem;padding:.6rem .8rem}.finding .facts>div{grid-template-columns:1fr;gap:0}table{display:block;overflow-x:auto;position:relative;border-top:0}thead th{border-top:1.5px solid var(--rule)}}
@page{size:A4;margin:18mm 17mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font-family:sans-serif;font-size:8pt;color:#5a636e}@bottom-left{content:"Overreach";font-family:sans-serif;font-size:8pt;color:#5a636e}}
@media print{html{font-size:9.6pt}body{background:none;line-height:1.55;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;margin:0;padding:0;box-shadow:none}
.cover{break-after:page}h2{margin-top:2rem}h2,h3,h4,caption,.finding>header{break-after:avoid}thead{display:table-header-group;break-after:avoid}tbody>tr:first-child{break-before:avoid}tbody>tr:last-child{break-before:avoid}.group>p{break-after:avoid}tr,.facts>div,blockquote,.numbers,.distribution,.limits,.list li,.boxes li,.statement li,figure{break-inside:avoid}
.finding{break-inside:auto}.finding .facts{break-inside:avoid}.finding>header+.facts{break-before:avoid}p{orphans:3;widows:3}.matrix{break-inside:avoid}}
`;
