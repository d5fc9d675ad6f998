import {
  readTally,
  type Actions,
  type Arrow,
  type CampaignFacts,
  type Definition,
  type Locale,
  type Text,
} from '@duban/engine'

/** A line of text on an arrow or in a state, and what it is about, which decides its colour. */
export type Line = {
  text: string
  about: 'command' | 'date' | 'tally' | 'message' | 'note' | 'detail'
}

/** What the words are taken from. With the facts of a start day, dates are told with their days. */
export type Words = {
  definition: Definition
  locale: Locale
  facts?: Pick<CampaignFacts, 'dates'>
}

type Action = Exclude<Actions, readonly unknown[]>

/** An arrow in words: what happens, who may do it, on which condition, and what else it does. */
export function arrowLines({ on, spec }: Arrow, words: Words): Line[] {
  const [first, ...more] = eventLines(on, words)
  const guard = spec.guard === undefined ? '' : ` [${spec.guard}]`
  const effects = [spec.actions ?? []].flat().flatMap((action) => actionLine(action, 'arrow', words))
  return [...(first ? [{ ...first, text: `${first.text}${guard}` }] : []), ...more, ...effects]
}

function eventLines(on: Arrow['on'], words: Words): Line[] {
  const { definition, locale } = words
  if ('always' in on) return [{ text: locale === 'zh' ? '随即' : 'at once', about: 'detail' }]
  if ('done' in on) {
    return [{ text: locale === 'zh' ? '内部全部完成' : 'all inside is done', about: 'tally' }]
  }
  if ('after' in on) {
    const date = definition.dates[on.after]
    return [
      { text: date?.title[locale] ?? on.after, about: 'date' },
      { text: dayOf(on.after, words), about: 'detail' },
    ]
  }
  const command = definition.commands[on.event]
  if (command) {
    const roles = command.by.map((role) => definition.roles[role]?.title[locale] ?? role)
    return [
      { text: command.title[locale], about: 'command' },
      { text: roles.join(locale === 'zh' ? '、' : ', '), about: 'detail' },
      ...windowLine(command, words),
    ]
  }
  const message = definition.messages[on.event]
  if (message) return [{ text: message.title[locale], about: 'message' }]
  return [{ text: tallyText(on.event, definition, locale), about: 'tally' }]
}

/** The rule of a date; with a start day, its day too. */
function dayOf(name: string, { definition, facts }: Words): string {
  const rule = definition.dates[name]?.due ?? name
  const day = facts?.dates[name]?.on
  return day === undefined || day === rule ? rule : `${rule} = ${day}`
}

/** From when and until when a command can be done. */
function windowLine({ opens, until }: { opens?: string; until?: string }, words: Words): Line[] {
  const zh = words.locale === 'zh'
  const from = opens === undefined ? [] : [`${zh ? '自' : 'from'} ${dayOf(opens, words)}`]
  const to = until === undefined ? [] : [`${zh ? '至' : 'until'} ${dayOf(until, words)}`]
  const text = [...from, ...to].join(' ')
  return text === '' ? [] : [{ text, about: 'detail' }]
}

/** `every.unit.reported` as people say it. */
export function tallyText(event: string, definition: Definition, locale: Locale): string {
  const tally = readTally(event)
  if (!tally) return event
  const kind = definition.kinds[tally.kind]
  const of = kind?.title[locale] ?? tally.kind
  const tag = tally.tag
  const { need } = tally
  if ('every' in need) return locale === 'zh' ? `全部${of}：${tag}` : `every ${of}: ${tag}`
  const least = 'percent' in need ? `${need.percent}%` : `${need.count}`
  return locale === 'zh' ? `≥ ${least} ${of}：${tag}` : `≥ ${least} ${of}: ${tag}`
}

const when = {
  entry: { zh: '进入：', en: 'entry: ' },
  exit: { zh: '离开：', en: 'exit: ' },
  arrow: { zh: '', en: '' },
}

/** What the engine's own actions do, in words. Updates of the context are not drawn: they are bookkeeping. */
export function actionLine(action: Action, at: keyof typeof when, words: Words): Line[] {
  const { definition, locale } = words
  if (typeof action === 'string') return []
  const say = (zh: string, en: string): Line[] => [
    { text: `${when[at][locale]}${locale === 'zh' ? zh : en}`, about: 'note' },
  ]
  switch (action.type) {
    case 'duban.open': {
      const { kind } = action.params
      const { title } = definition.kinds[kind] ?? { title: { zh: kind, en: kind } }
      return say(`开启${title.zh}`, `opens ${title.en}`)
    }
    case 'duban.tell': {
      const { message, to } = action.params
      const { title } = definition.messages[message] ?? { title: { zh: message, en: message } }
      const whom: Text =
        to === 'parent'
          ? { zh: '上级', en: 'parent' }
          : (definition.kinds[to.children]?.title ?? { zh: to.children, en: to.children })
      return say(`告知${whom.zh}：${title.zh}`, `tells ${whom.en}: ${title.en}`)
    }
    case 'duban.notify': {
      const roles = action.params.to.map((role) => definition.roles[role]?.title[locale] ?? role)
      return say(`通知${roles.join('、')}`, `notifies ${roles.join(', ')}`)
    }
    // Bookkeeping.
    case 'duban.keep':
    case 'duban.append':
    case 'duban.count':
      return []
  }
}
