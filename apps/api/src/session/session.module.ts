import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ActorFinder } from './actor-finder';
import { EntryTokens } from './entry-token';
import { GitlabArrivalService } from './gitlab/gitlab-arrival.service';
import { GitlabDoor } from './gitlab/gitlab-door';
import { GitlabRoundTripService } from './gitlab/gitlab-round-trip.service';
import { SocialAuthController } from './gitlab/social-auth.controller';
import { LastSeen } from './last-seen';
import { LiveSessions } from './live-sessions';
import { SessionEndings } from './session-endings';
import { SessionReader } from './session-reader';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { SessionService } from './session.service';
import { SignInLimits } from './sign-in-limits';
import { SignInOptionsController } from './sign-in-options.controller';
import { SudoService } from './sudo.service';

/** Signing in, signing out, sudo, and the guard of everything else. */
@Module({
  controllers: [SessionController, SignInOptionsController, SocialAuthController],
  providers: [
    SessionService,
    SessionReader,
    LiveSessions,
    SudoService,
    SignInLimits,
    SessionEndings,
    LastSeen,
    ActorFinder,
    EntryTokens,
    GitlabDoor,
    GitlabArrivalService,
    GitlabRoundTripService,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [SessionEndings, LiveSessions, SignInLimits],
})
export class SessionModule {}
