import { notify, type StateSpec, type Text } from '@duban/engine'
import type { ExtensionOptions } from './options.ts'

/** May be asked for → asked for → moved, or not; until the day comes. */
export function regionOf<Role extends string>(
  name: string,
  { ask, decide, source }: ExtensionOptions<Role>,
  title: Text,
): StateSpec {
  const from = source === undefined ? {} : { source }
  const told = (zh: string, en: string) =>
    notify([...ask], { zh: `{unit}：${zh}${title.zh}`, en: `{unit}: ${title.en} ${en}` })
  const granted = { actions: [`${name}Granted`, told('同意延长', 'extended')] }
  return {
    meta: { title: { zh: '延期', en: 'Extension' }, ...from },
    initial: 'free',
    states: {
      free: {
        meta: { title: { zh: '可申请延期', en: 'May be asked for' } },
        on: {
          [`${name}.ask`]: { target: 'asked', guard: `${name}Allowed`, actions: `${name}Asked` },
        },
        after: { [`${name}Ends`]: 'over' },
      },
      asked: {
        meta: { title: { zh: '延期待批', en: 'Asked for' } },
        tags: `${name}Asked`,
        entry: notify([...decide], {
          zh: `{unit}申请延长${title.zh}`,
          en: `{unit} asks for an extension: ${title.en}`,
        }),
        on: {
          [`${name}.grant`]: [
            { guard: `${name}Last`, target: 'over', ...granted },
            { target: 'free', ...granted },
          ],
          [`${name}.refuse`]: {
            target: 'free',
            actions: [`${name}Refused`, told('不同意延长', 'not extended')],
          },
        },
      },
      over: { meta: { title: { zh: '不再受理延期', en: 'No further extension' } } },
    },
  }
}
