import type { Text } from '@duban/engine'

/** 过半数 (half is not enough), 半数以上 (half is: 民法典 1259), 三分之二以上, 全体; or a number of percent. */
export type Share = 'moreThanHalf' | 'half' | 'twoThirds' | 'all' | { percent: number }

/** Whether `n` of `whole` reach a share. Nothing of nobody reaches none. */
export function reaches(n: number, whole: number, share: Share): boolean {
  if (whole === 0) return false
  if (typeof share === 'object') return n * 100 >= whole * share.percent
  switch (share) {
    case 'moreThanHalf':
      return n * 2 > whole
    case 'half':
      return n * 2 >= whole
    case 'twoThirds':
      return n * 3 >= whole * 2
    case 'all':
      return n === whole
  }
}

export function shareText(share: Share): Text {
  if (typeof share === 'object') {
    return { zh: `百分之${share.percent}以上`, en: `${share.percent}% or more` }
  }
  return {
    moreThanHalf: { zh: '过半数', en: 'more than half' },
    half: { zh: '半数以上', en: 'half or more' },
    twoThirds: { zh: '三分之二以上', en: 'two thirds or more' },
    all: { zh: '全部', en: 'all' },
  }[share]
}
