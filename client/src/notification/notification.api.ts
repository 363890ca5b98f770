import type { Notification } from '@palmares/shared/notification/notification';
import { ask, withQuery } from '../http/http';

export type { Notification };

export interface NotificationPage {
  items: Notification[];
  /** on any page */
  unread: number;
  nextCursor: string | null;
}

export const readNotifications = (limit: number, cursor?: string): Promise<NotificationPage> =>
  ask(withQuery('/api/notifications', { limit, cursor }));

export const markRead = (id: string): Promise<void> =>
  ask(`/api/notifications/${encodeURIComponent(id)}/read`, { method: 'POST' });
