/** The page's style. Colours are custom properties, so that charts and both themes read one list. */
export const STYLE = `
:root {
  color-scheme: light;
  --page: #f5f6f8; --panel: #ffffff; --text: #1c2430; --muted: #667085; --border: #dfe3ea; --grid: #eef0f4;
  --accent: #2f6fed; --gain: #0c8f63; --loss: #d23b48; --volume: #c7d0de; --warning: #8a5a00; --warning-panel: #fff6e0;
  --line-1: #2f6fed; --line-2: #d9822b; --line-3: #8e44ad; --line-4: #0f8b8d; --line-5: #b5495b; --line-6: #6b7a2f;
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark()} } }
:root[data-theme="dark"] { ${dark()} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
header, main, footer { max-width: 1200px; margin: 0 auto; padding: 16px 20px; }
header { display: flex; align-items: baseline; gap: 16px; flex-wrap: wrap; }
header h1 { font-size: 22px; margin: 0; overflow-wrap: anywhere; }
header .data { color: var(--muted); flex: 1; }
section { background: var(--panel); border: 1px solid var(--border); border-radius: 8px; margin: 0 0 16px; padding: 14px 18px; }
h2 { font-size: 15px; margin: 0 0 10px; }
h2 small { color: var(--muted); font-weight: normal; }
.chart { height: 380px; }
.findings { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 10px; }
.finding { border-left: 3px solid var(--muted); padding: 2px 10px; }
.finding.good { border-color: var(--gain); } .finding.bad { border-color: var(--loss); }
.finding .label, .finding .meaning, .definition, figcaption, .none { color: var(--muted); font-size: 12px; }
.finding .value { font-size: 20px; font-variant-numeric: tabular-nums; }
.warning { background: var(--warning-panel); color: var(--warning); padding: 6px 10px; border-radius: 6px; margin: 10px 0 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 3px 8px; white-space: nowrap; border-bottom: 1px solid var(--grid); }
th:first-child, td:first-child, td:has(.definition) { text-align: left; }
td:has(.definition) { white-space: normal; } @media (max-width: 600px) { td:has(.definition) { min-width: 230px; } }
#settings td, #settings th, #funnel td:nth-child(2) { text-align: left; white-space: normal; overflow-wrap: anywhere; }
#settings td:first-child { white-space: nowrap; } #funnel th:nth-child(2) { text-align: left; }
#sides th:last-child, #benchmark th:last-child { text-align: left; }
.trades tbody tr { cursor: pointer; } .trades tbody tr:hover, .trades tbody tr:focus { background: var(--grid); }
.trades th button { font: inherit; font-weight: bold; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
th[aria-sort="ascending"] button::after { content: " ▲"; } th[aria-sort="descending"] button::after { content: " ▼"; }
[hidden] { display: none !important; }
.pages { display: flex; gap: 12px; align-items: center; justify-content: flex-end; padding-top: 8px; }
.gain { color: var(--gain); } .loss { color: var(--loss); }
.months td { padding: 0; } .months td:first-child, .months td:last-child { padding: 3px 8px; }
.heat { display: block; padding: 3px 8px; color: var(--text); }
.heat.gain { background: color-mix(in srgb, var(--gain) calc(var(--strength) * 1%), transparent); }
.heat.loss { background: color-mix(in srgb, var(--loss) calc(var(--strength) * 1%), transparent); }
.figures { display: grid; grid-template-columns: 2fr 1fr 1fr; gap: 16px; align-items: end; }
@media (max-width: 800px) { .figures { grid-template-columns: 1fr; } }
figure { margin: 0; } figure svg { width: 100%; height: auto; }
figure text { fill: var(--muted); font-size: 11px; } figure line { stroke: var(--muted); stroke-width: .7; }
rect.gain, circle.gain { fill: var(--gain); } rect.loss, circle.loss { fill: var(--loss); }
circle { opacity: .6; cursor: pointer; }
h3 { font-size: 13px; margin: 0 0 4px; color: var(--muted); font-weight: normal; }
.controls { display: flex; flex-wrap: wrap; gap: 8px 18px; margin: 0 0 12px; } .controls label { color: var(--muted); }
select { font: inherit; color: var(--text); background: var(--panel); border: 1px solid var(--border); border-radius: 6px; padding: 2px 6px; max-width: 260px; }
.maps { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; } @media (max-width: 800px) { .maps { grid-template-columns: 1fr; } }
.maps > div, .heat-map { min-width: 0; } .heat-map canvas { display: block; cursor: pointer; }
.told { color: var(--muted); font-size: 12px; min-height: 18px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.legend { display: flex; align-items: center; gap: 8px; color: var(--muted); font-size: 12px; padding-top: 4px; }
.legend span { flex: 0 1 180px; height: 10px; border-radius: 3px; }
.viridis { background: linear-gradient(90deg, rgb(68,1,84), rgb(59,81,139), rgb(33,144,141), rgb(92,200,99), rgb(253,231,37)); }
.needles { background: linear-gradient(90deg, rgb(69,117,180), transparent, rgb(217,95,2)); }
.parallel { position: relative; } .parallel canvas { display: block; } .brushes { position: absolute; inset: 0; width: 100%; height: 100%; touch-action: none; }
.brushes text { fill: var(--muted); font-size: 11px; } .brushes .name { fill: var(--text); font-size: 12px; } .brushes line { stroke: var(--muted); }
.brushes .grip { fill: transparent; cursor: ns-resize; } .brushes .kept { fill: var(--accent); opacity: .35; }
.equity { fill: none; stroke: var(--accent); stroke-width: 1.6; stroke-linejoin: round; }
.params { font-size: 15px; margin: 0 0 8px; overflow-wrap: anywhere; } code { overflow-wrap: anywhere; }
#trial figure { max-width: 760px; } .pairs td:nth-child(3), .pairs th:nth-child(3) { text-align: left; padding-left: 32px; }
pre { overflow: auto; max-height: 420px; font-size: 12px; }
footer { color: var(--muted); font-size: 12px; } footer a { color: inherit; }
button.theme { font: inherit; color: inherit; background: none; border: 1px solid var(--border); border-radius: 6px; padding: 3px 10px; cursor: pointer; }
@media print { .theme, .pages { display: none; } section { break-inside: avoid; } }
`;

function dark(): string {
  return `color-scheme: dark;
  --page: #12161d; --panel: #1a202a; --text: #dbe2ec; --muted: #7f8b9e; --border: #2b3442; --grid: #232b37;
  --accent: #6ea0ff; --gain: #35c48f; --loss: #ff6b78; --volume: #35415a; --warning: #ffd479; --warning-panel: #33290f;
  --line-1: #6ea0ff; --line-2: #ffab5e; --line-3: #c48be0; --line-4: #4cc9cb; --line-5: #ff8fa3; --line-6: #b7c76b;`;
}
