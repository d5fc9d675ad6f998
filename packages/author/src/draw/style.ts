export const palette = { paper: '#fbfaf7', ink: '#22262b', line: '#59626d', late: '#9a3412' }

// Chinese faces by the names that Linux, macOS and Windows give them; then whatever is there.
const fonts =
  "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Heiti SC',sans-serif"

/** StoredTransition apart from the shapes, so that whoever prints a drawing may change its colours in one place. */
export const style = `
text{font-family:${fonts};fill:${palette.ink};font-size:12px}
.heading{font-size:28px;font-weight:700}.sub{font-size:18px;fill:#59626d}.small{fill:#59626d}
.mid{text-anchor:middle}
.zh{font-size:16px;font-weight:600}.en{fill:#59626d}.tag{font-size:11px;fill:#7a5c00}
.state rect{fill:#fff;stroke:#59626d;stroke-width:1.3}
.machine>rect{fill:#f1efe9;stroke:#b9b3a5}.machine .zh{font-size:16px}
.group>rect{fill:#f7f9fc;stroke:#8b97a8}
.parallel>rect{fill:#f3f6fb;stroke:#8b97a8;stroke-dasharray:7 4}
.overdue>rect{fill:#fdeaea;stroke:#b3261e}
.final>rect{fill:#e6f2e8;stroke:#2f6b3a}.final>.inner{fill:none}
.history>rect{stroke-dasharray:3 3}
.arrow{fill:none;stroke:${palette.line};stroke-width:1.4}.timed{stroke:${palette.late}}
.start{fill:${palette.ink}}.anywhere{fill:${palette.paper};stroke:${palette.ink};stroke-width:2.5}
.label rect{fill:#fbfaf7;fill-opacity:.86}
text.command{fill:#0b4a8f;font-weight:600}text.date{fill:#9a3412;font-weight:600}
text.tally{fill:#5b3a8c}text.message{fill:#0f6b5c}text.detail{fill:#59626d}text.note{fill:#3d444c}
.sign{fill:none;stroke-width:1.2}
.sign.command{fill:#0b4a8f}.sign.date{stroke:#9a3412}.sign.tally{stroke:#5b3a8c}
.sign.message{stroke:#0f6b5c}.sign.note{fill:#3d444c}
`
