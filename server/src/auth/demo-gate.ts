import { Injectable } from '@nestjs/common';

/**
 * Whether this process shows the demo. Where it does not, the published passwords of the demo, its
 * keys and its board links open nothing, whatever the database holds.
 */
@Injectable()
export class DemoGate {
  isOpen = false;
}
