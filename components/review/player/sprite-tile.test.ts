import { describe, expect, it } from 'vitest'
import type { Sprite } from './player-types'
import { tileNear } from './sprite-tile'

const sprite: Sprite = { url: '', columns: 3, rows: 2, tileWidth: 160, tileHeight: 90, indices: [0, 30, 60, 90, 120] }

describe('tileNear', () => {
  it('takes the nearest picture, the earlier of two as near', () => {
    expect(tileNear(sprite, 0)).toEqual({ x: 0, y: 0, index: 0 })
    expect(tileNear(sprite, 44)).toEqual({ x: 160, y: 0, index: 30 })
    expect(tileNear(sprite, 45)).toEqual({ x: 160, y: 0, index: 30 })
    expect(tileNear(sprite, 46)).toEqual({ x: 320, y: 0, index: 60 })
  })

  it('goes on in the next row and stays on the sheet', () => {
    expect(tileNear(sprite, 90)).toEqual({ x: 0, y: 90, index: 90 })
    expect(tileNear(sprite, 99999)).toEqual({ x: 160, y: 90, index: 120 })
  })

  it('has nothing for an empty sheet', () => {
    expect(tileNear({ ...sprite, indices: [] }, 5)).toBeNull()
  })
})
