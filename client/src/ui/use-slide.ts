import { onBeforeUpdate, onUpdated, type ShallowRef } from 'vue';
import { isStill } from './motion';

const SLIDE: KeyframeAnimationOptions = {
  duration: 450,
  easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
};

const topsOf = (list: Element) =>
  new Map(Array.from(list.children, (row) => [row, row.getBoundingClientRect().top]));

const inSight = (top: number) => top > -200 && top < innerHeight + 100;

/**
 * Rows slide to their new place whenever the component renders them in another order. All places
 * are read before anything is written, and rows that nobody sees stay still: Vue's TransitionGroup
 * measures row by row between its writes, which takes a second for a thousand rows.
 */
export function useSlide(list: Readonly<ShallowRef<HTMLElement | null>>): void {
  let before = new Map<Element, number>();
  let sliding: Animation[] = [];

  onBeforeUpdate(() => {
    before = list.value && !isStill() ? topsOf(list.value) : new Map();
  });

  onUpdated(() => {
    for (const slide of sliding) slide.cancel();
    sliding = [];
    if (!list.value || before.size === 0) return;
    for (const [row, top] of topsOf(list.value)) {
      const way = (before.get(row) ?? top) - top;
      if (Math.abs(way) < 1 || !(inSight(top) || inSight(top + way))) continue;
      const zIndex = way > 0 ? 2 : 1;
      const from = { transform: `translateY(${way}px)`, zIndex };
      sliding.push(row.animate([from, { transform: 'none', zIndex }], SLIDE));
    }
  });
}
