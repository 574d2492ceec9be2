import { Module } from '@nestjs/common';
import { SessionModule } from '../session/session.module';
import { PeopleController } from './people.controller';
import { PeopleService } from './people.service';
import { StandingService } from './standing.service';

/** Who may come in. */
@Module({
  imports: [SessionModule],
  controllers: [PeopleController],
  providers: [PeopleService, StandingService],
})
export class PeopleModule {}
