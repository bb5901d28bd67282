// The umbrella, drawn from the front: n panels of equal rim, ribs are quarter ellipses from one point, the rim is
// scalloped upward. Everything round in the look comes from here.
const r = (value: number) => Number(value.toFixed(1))
const isMiddle = (x: number) => Math.abs(x) < 0.01

/** Panel `i` of `n` as a path; R half the width, H the height, `scallop` how far the rim is drawn up. */
export function panel(i: number, n: number, R: number, H: number, scallop: number): string {
  const a = -R + (2 * R * i) / n
  const b = -R + (2 * R * (i + 1)) / n
  const down = isMiddle(a) ? 'L0 0' : `A${r(Math.abs(a))} ${H} 0 0 ${a < 0 ? 0 : 1} ${r(a)} 0`
  const up = isMiddle(b) ? `L0 ${-H}` : `A${r(Math.abs(b))} ${H} 0 0 ${b < 0 ? 1 : 0} 0 ${-H}`
  return `M0 ${-H}${down}Q${r((a + b) / 2)} ${-scallop} ${r(b)} 0${up}Z`
}

/** All ribs and the rim in one stroke path. */
export function ribs(n: number, R: number, H: number, s: number): string {
  let d = `M${-R} 0A${R} ${H} 0 0 1 ${R} 0`
  for (let i = n - 1; i >= 0; i--) {
    const a = -R + (2 * R * i) / n
    const b = -R + (2 * R * (i + 1)) / n
    d += `Q${r((a + b) / 2)} ${-s} ${r(a)} 0`
  }
  for (let i = 1; i < n; i++) {
    const a = -R + (2 * R * i) / n
    d += isMiddle(a) ? `M0 ${-H}V0` : `M0 ${-H}A${r(Math.abs(a))} ${H} 0 0 ${a < 0 ? 0 : 1} ${r(a)} 0`
  }
  return d
}

/** Twelve panels are twelve months. */
export const monthPanel = (month: number) => panel(month - 1, 12, 50, 46, 6)
export const monthRibs = ribs(12, 50, 46, 6)
export const dome = 'M-50 0A50 46 0 0 1 50 0Z'
