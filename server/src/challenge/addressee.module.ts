import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { AddresseeService } from './addressee.service.js';
import { JudgeService } from './judge.service.js';

/** Apart from the challenges, so that rooms which these ask may ask it too. */
@Module({
  imports: [PeopleModule],
  providers: [AddresseeService, JudgeService],
  exports: [AddresseeService, JudgeService],
})
export class AddresseeModule {}
