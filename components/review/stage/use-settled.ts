'use client'

import { useEffect, useState } from 'react'

/** `value` once it has rested for a while; until then the one before. Keeps held keys and typing from ordering a still each. */
export function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs)
    return () => clearTimeout(timer)
  }, [value, restMs])
  return settled
}
