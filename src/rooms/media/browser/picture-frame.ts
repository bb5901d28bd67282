// On the page of one picture: the part that is to be cropped or blurred is drawn over it. The numbers are what is sent.
import { frameOver } from '#rooms/media/browser/frame.ts'

const over = document.getElementById('picture')
const picture = over?.querySelector('img')
const sign = over?.querySelector('i')
if (over && picture && sign) {
  frameOver(over, picture, sign, (name) => document.getElementById(`f-${name}`) as HTMLInputElement)
  document.getElementById('drag')!.hidden = false
}
