// Where on the canvas of the big screen something of one colour is drawn.
import { COLOURS } from '../../../pages/party/shared/colours.js';

/** The paint of a car whose phone is away. */
const GREY = '#9aa1a8';

/** An expression for the page: the middle of all pixels of that paint; undefined if there are hardly any. */
export function findColour(colour: number | 'grey'): string {
  return FIND_COLOUR.replace('PAINT', colour === 'grey' ? GREY : (COLOURS[colour]?.paint ?? ''));
}

const FIND_COLOUR = `(() => {
  const canvas = document.getElementById('arena');
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement('canvas'), { width, height });
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const paint = [1, 3, 5].map((at) => parseInt('PAINT'.slice(at, at + 2), 16));
  let count = 0, sumX = 0, sumY = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (paint.some((value, channel) => Math.abs(data[at + channel] - value) > 3)) continue;
    count++;
    sumX += (at / 4) % width;
    sumY += Math.floor(at / 4 / width);
  }
  return count > 50 ? { x: sumX / count, y: sumY / count } : undefined;
})()`;
