import type { Text } from '@duban/engine'

export type Item = { title: Text; most: number }

export type Group = { title: Text; most: number; items: { readonly [item: string]: Item } }

/** Items beside the indicators, together worth `most` at the most. */
export type Capped = { most: number; items: { readonly [item: string]: Item } }

export type ScoresheetOptions = {
  /** 满分: what all groups add up to, as the plan says. */
  total: number
  groups: { readonly [group: string]: Group }
  /** 加分 */
  bonus?: Capped
  /** 扣分 */
  penalty?: Capped
}

export type Points = { points: number; reason: string }

/** A sheet filled in. `reasons` are for items on which the scorer differs from the self-score. */
export type Filled = {
  scores: { [item: string]: number }
  bonus?: { [item: string]: Points } | undefined
  penalty?: { [item: string]: Points } | undefined
  reasons?: { [item: string]: string } | undefined
}

export type Totals = {
  groups: { [group: string]: number }
  /** Of the indicators. */
  points: number
  /** After the caps. */
  bonus: number
  penalty: number
  /** Points and bonus less penalty; never below 0. */
  total: number
}

export type Difference = { item: string; self: number; verified: number; difference: number }
