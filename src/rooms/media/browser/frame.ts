/** A part of a picture, in per cent of its sides. */
export interface Frame { x: number; y: number; width: number; height: number }

const NAMES = ['x', 'y', 'width', 'height'] as const

/** The numbers that are typed beside a picture, and a frame over it that follows them and can be drawn with a finger or a mouse. */
export function frameOver(over: HTMLElement, picture: HTMLElement, sign: HTMLElement, fields: (name: (typeof NAMES)[number]) => HTMLInputElement) {
  const read = (): Frame => Object.fromEntries(NAMES.map((name) => [name, Number(fields(name).value.replace(',', '.'))])) as unknown as Frame
  const draw = () => {
    const frame = read()
    const isPart = NAMES.every((name) => Number.isFinite(frame[name])) && (frame.width < 100 || frame.height < 100)
    sign.hidden = !isPart
    sign.style.setProperty('--x', `${frame.x}%`)
    sign.style.setProperty('--y', `${frame.y}%`)
    sign.style.setProperty('--w', `${frame.width}%`)
    sign.style.setProperty('--h', `${frame.height}%`)
  }
  for (const name of NAMES) fields(name).addEventListener('input', draw)

  let from: { x: number; y: number } | undefined
  const at = (event: PointerEvent) => {
    const box = picture.getBoundingClientRect()
    const within = (value: number) => Math.min(100, Math.max(0, value * 100))
    return { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) }
  }
  over.addEventListener('pointerdown', (event) => {
    from = at(event)
    over.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  over.addEventListener('pointermove', (event) => {
    if (!from) return
    const to = at(event)
    const frame = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }
    // A tap is no part.
    if (frame.width < 1 || frame.height < 1) return
    for (const name of NAMES) fields(name).value = frame[name].toFixed(1)
    draw()
  })
  for (const end of ['pointerup', 'pointercancel'] as const) over.addEventListener(end, () => (from = undefined))
  draw()
  return { read, draw }
}
