import { Injectable } from '@nestjs/common';
import {
  whyOf,
  type Countersign,
  type Countersigning,
  type OperatorSignature,
} from '@palmares/shared/challenge/signing';
import { signatureOf, type Caller } from '../auth/caller.js';
import { PeopleService, type Organisation } from '../people/people.service.js';
import { Database, type Tx } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import { CertificationService } from './certification.service.js';
import { ChallengeService, type Found } from './challenge.service.js';
import * as store from './challenge.store.js';
import { LaunchService } from './launch.service.js';
import { SignerService } from './signer.service.js';

/** What waits for a signature besides certifications: for members, and for operators from outside. */
@Injectable()
export class CountersignService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly launches: LaunchService,
    private readonly certifications: CertificationService,
    private readonly signers: SignerService,
    private readonly authors: AuthorService,
  ) {}

  /** Launches beyond a ceiling, the oldest request first. */
  async list(caller: Caller): Promise<Countersign[]> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const items: Countersign[] = [];
      for (const id of await store.listAsked(tx, organisationId)) {
        const found = await this.challenges.find(tx, organisationId, id);
        if (found.status !== 'awaiting-countersign') continue;
        items.push(await this.view(tx, caller, found));
      }
      return items;
    });
  }

  /** What nobody inside could sign, in all organisations. */
  async forOperator(signature: string): Promise<OperatorSignature[]> {
    const organisations = await this.people.organisations();
    return this.database.snapshot(async (tx) => {
      const items: OperatorSignature[] = [];
      for (const organisation of organisations) {
        const asked = await store.listAsked(tx, organisation.id);
        const launched = await this.challenges.launchedOnes(tx, organisation.id);
        const over = launched.filter(({ status }) => status === 'provisional');
        for (const id of [...asked, ...over.map(({ row }) => row.id)]) {
          const found = await this.challenges.find(tx, organisation.id, id);
          const item = await this.operatorView(tx, organisation, found, signature);
          if (item) items.push(item);
        }
      }
      return items;
    });
  }

  /** Problems: as `CertificationService.certify`, or as `LaunchService.countersign`. */
  async signAsOperator(
    signature: string,
    id: string,
    shown: Countersigning,
  ): Promise<{ certified: boolean }> {
    const { organisationId, status } = await this.database.read(async (tx) => {
      const organisationId = await this.signers.organisationOf(tx, id);
      const { status } = await this.challenges.find(tx, organisationId, id);
      return { organisationId, status };
    });
    const hand = { organisationId, signature };
    if (status !== 'awaiting-countersign') return this.certifications.certify(hand, id);
    await this.launches.countersign(hand, id, shown);
    return { certified: false };
  }

  private async view(tx: Tx, caller: Caller, found: Found): Promise<Countersign> {
    const { organisationId } = caller;
    const { row, challenge } = found;
    const { name, from, to, audience } = challenge.definition;
    const subjects = await this.launches.subjects(tx, organisationId, found);
    const signature = signatureOf(caller);
    const signers = await this.launches.countersigners(tx, organisationId, found, signature);
    const names = await this.authors.names(tx, organisationId, signers.authors);
    return {
      challengeId: row.id,
      name,
      from,
      to,
      askedAt: row.countersignAskedAt?.toISOString() ?? '',
      points: this.launches.costOf(found, subjects),
      subjects: subjects.length,
      teams: audience.kind === 'teams',
      authors: signers.authors.map((author) => {
        return { signature: author, name: names.get(author) ?? null };
      }),
      waitsFor: this.signers.waitsFor(signers),
      why: whyOf(this.signers.verdict(signers, signature)),
    };
  }

  private async operatorView(
    tx: Tx,
    { id, name: called }: Organisation,
    found: Found,
    signature: string,
  ): Promise<OperatorSignature | undefined> {
    const { challenge, status } = found;
    const { name, from, to, payout } = challenge.definition;
    if (payout.length === 0) return undefined;
    const countersign = status === 'awaiting-countersign';
    if (!countersign && status !== 'provisional') return undefined;
    const signers = await this.signers.of(tx, id, found, { countersign });
    if (signers.next !== 'operator') return undefined;
    const points = countersign
      ? this.launches.costOf(found, await this.launches.subjects(tx, id, found))
      : await this.certifications.pointsNow(tx, id, found);
    return {
      challengeId: challenge.id,
      organisation: { id, name: called },
      name,
      from,
      to,
      points,
      what: countersign ? 'countersign' : 'certify',
      why: whyOf(this.signers.verdict(signers, signature)),
    };
  }
}
