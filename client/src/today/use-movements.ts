import { computed, onBeforeUnmount, shallowRef, type ShallowRef } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { formatGain } from '../format/number';
import { ordinal } from '../format/ordinal';
import { useLoad, type Load } from '../http/use-load';
import { useText } from '../i18n/text';
import { hear, onReturn } from '../live/me';
import { readNotifications } from '../notification/notification.api';
import { useNoticeText } from '../notification/use-notice-text';
import { movementTitle } from '../points/movement';
import { readPostings, type PostingView } from '../points/points.api';

export interface Movement {
  key: string;
  kind: 'up' | 'down' | 'points' | 'news';
  at: string;
  text: string;
  gain?: string | undefined;
  to?: RouteLocationRaw | undefined;
}

const MOST = 6;

/** Places that I have won or lost since the page was opened. */
function usePlaces(): Readonly<ShallowRef<Movement[]>> {
  const { t, locale } = useText();
  const places = shallowRef<Movement[]>([]);
  const ranks = new Map<string, number | null>();
  const end = hear('score.changed', ({ challengeId, rank }) => {
    const before = ranks.get(challengeId);
    ranks.set(challengeId, rank);
    if (rank === null || before === undefined || before === rank) return;
    const fell = before !== null && rank > before;
    const at = new Date().toISOString();
    const text = t(fell ? 'today.fell' : 'today.climbed', { rank: ordinal(rank, locale.value) });
    const to = { name: 'challenge', params: { id: challengeId } };
    const kind = fell ? 'down' : 'up';
    places.value = [{ key: `${challengeId} ${at}`, kind, at, text, to } as const, ...places.value];
  });
  onBeforeUnmount(end);
  return places;
}

/** What has happened to me lately: postings and news that are kept, places while the page is open. */
export function useMovements(): Load<Movement[]> {
  const { t, locale } = useText();
  const notice = useNoticeText();
  const places = usePlaces();

  const read = useLoad(async () => {
    const [postings, news] = await Promise.all([readPostings(MOST), readNotifications(MOST)]);
    return { postings: postings.items, news: news.items };
  });
  const again = () => void read.reload();

  const ends = [hear('points.posted', again), hear('notification.created', again), onReturn(again)];
  onBeforeUnmount(() => ends.forEach((end) => end()));

  const pointsOf = (one: PostingView): Movement => ({
    key: one.id,
    kind: 'points',
    at: one.postedAt,
    text: movementTitle(one, t),
    gain: formatGain(String(one.change), locale.value),
    to: { name: 'points' },
  });

  const value = computed(() => {
    const found = read.value.value;
    if (!found) return undefined;
    // What is to be read stays until it has been; it is no news any more after that.
    const fresh = found.news.filter(
      ({ about, readAt }) => readAt === null || !about.kind.startsWith('terms.'),
    );
    const news = fresh.map(({ id, about, createdAt }): Movement => {
      return {
        key: id,
        kind: 'news',
        at: createdAt,
        text: notice.text(about),
        to: notice.to(about),
      };
    });
    const points = found.postings.filter(({ change }) => change !== 0).map(pointsOf);
    return [...places.value, ...news, ...points]
      .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
      .slice(0, MOST);
  });
  return { ...read, value };
}
