import type { Notice } from '@palmares/shared/notification/notification';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { useText } from '../i18n/text';

/** What a notice says, and where it leads. */
export function useNoticeText() {
  const { t } = useText();
  const router = useRouter();

  function text(about: Notice): string {
    const name = about.challengeName;
    switch (about.kind) {
      case 'terms.published':
        return t('notice.termsPublished', { name });
      case 'terms.reminder':
        return t('notice.termsReminder', { name });
      case 'certification.waiting':
        return t('notice.certificationWaiting', { name });
      case 'countersign.waiting':
        return t('notice.countersignWaiting', { name });
      case 'dispute.opened':
        return t('notice.disputeOpened', { name });
      case 'dispute.resolved':
        return t(about.outcome === 'accepted' ? 'notice.accepted' : 'notice.rejected', { name });
    }
  }

  function to(about: Notice): RouteLocationRaw {
    if (about.kind === 'dispute.resolved') return { name: 'my-disputes' };
    if (about.kind === 'dispute.opened' && router.hasRoute('disputes')) return { name: 'disputes' };
    if (about.kind === 'certification.waiting') {
      return { name: 'close', params: { id: about.challengeId } };
    }
    if (about.kind === 'countersign.waiting' && router.hasRoute('budgets')) {
      return { name: 'budgets' };
    }
    return { name: 'challenge', params: { id: about.challengeId } };
  }

  return { text, to };
}
