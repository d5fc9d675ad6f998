import type { Definition } from '../../definition/compiled.ts'
import type { Effect } from '../../campaign/effect.ts'
import type { DeadlineEvent } from '../../campaign/event.ts'
import type { CampaignFacts, Instance } from '../../campaign/instance.ts'
import { acceptedNear } from '../../definition/machine.ts'
import { noticeText } from '../notice.ts'
import { getOwn } from '../../data/getOwn.ts'
import { refuse } from '../../campaign/refusal.ts'
import { readTimer } from '../timers.ts'
import { move } from './move.ts'
import { finish, type Stepped } from './stepped.ts'

/** A deadline, or a reminder before one. It is spent by firing, whatever it changes. */
export function deadline(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: DeadlineEvent,
): Stepped {
  const timer = getOwn(instance.state.timers, event.timer)
  // None fires before its instant (law 3), whatever a clock or a forged history says.
  if (!timer || timer.due !== event.due || event.at < timer.due) {
    return refuse('wrong_state', { rule: event.timer })
  }
  const { [event.timer]: _, ...timers } = instance.state.timers
  const spent = { ...instance.state, timers }
  if (timer.reminder !== undefined) {
    const effects = remind(definition, campaign, instance, event.timer)
    return finish(campaign, instance, instance, spent, event, effects)
  }
  const told = { type: event.timer, at: event.at }
  const moved = move(definition, campaign, { ...instance, state: spent }, event, told)
  // The day came and a guard said that it changes nothing: that too is history.
  return !moved.ok && moved.refusal.code === 'guard_refused'
    ? finish(campaign, instance, instance, spent, event, [])
    : moved
}

/** Who is reminded: whoever may do something in the state that waits, or in the one it stands in inside. */
function remind(definition: Definition, campaign: CampaignFacts, instance: Instance, key: string): Effect[] {
  const { date, state } = readTimer(key)
  const deadline = Object.entries(instance.state.timers).find(
    ([other, { reminder }]) => reminder === undefined && key.startsWith(`${other} `),
  )?.[1]
  const kind = getOwn(definition.kinds, instance.kind)
  const title = getOwn(definition.dates, date)?.title
  if (!deadline || !kind || !title) return []
  const commands = acceptedNear(kind.machine, instance.state.snapshot, state)
  const roles = commands.flatMap((name) => getOwn(definition.commands, name)?.by ?? [])
  if (roles.length === 0) return []
  const text = {
    zh: `提醒：{unit}“${title.zh}”将于 {due} 到期`,
    en: `Reminder for {unit}: «${title.en}» is due {due}`,
  }
  return [
    {
      type: 'notify',
      to: [...new Set(roles)].toSorted(),
      unit: instance.unit,
      text: noticeText(text, definition, campaign, instance, deadline),
    },
  ]
}
