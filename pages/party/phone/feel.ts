/** What a driver feels: bumps and stars, in the hand where the phone can, and on the display. */
import { element, prefersLessMotion } from '../shared/page.js';

const SHORTEST_MS = 20;
const LONGEST_MS = 120;

/** `strength` is 0 to 1. iPhones cannot vibrate from a web page; they still see it. */
export function feelBump(strength: number): void {
  navigator.vibrate?.(SHORTEST_MS + strength * (LONGEST_MS - SHORTEST_MS));
  if (prefersLessMotion.matches) return;
  const push = 4 + 10 * strength;
  element('pad').animate(
    [0, -push, push * 0.7, -push * 0.4, 0].map((x) => ({ transform: `translateX(${x}px)` })),
    { duration: 260, easing: 'ease-out' },
  );
}

export function showScore(score: number): void {
  const badge = element('score');
  const before = Number(badge.dataset['score'] ?? 0);
  badge.dataset['score'] = String(score);
  badge.textContent = `★ ${score}`;
  if (score <= before) return;
  navigator.vibrate?.([30, 40, 60]);
  if (prefersLessMotion.matches) return;
  badge.animate(
    [{ transform: 'scale(1)' }, { transform: 'scale(1.5) rotate(-8deg)' }, { transform: 'scale(1)' }],
    {
      duration: 450,
      easing: 'ease-out',
    },
  );
}
