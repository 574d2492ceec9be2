import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
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
  controllers: [SessionController, SignInOptionsController],
  providers: [
    SessionService,
    SessionReader,
    LiveSessions,
    SudoService,
    SignInLimits,
    SessionEndings,
    LastSeen,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [SessionEndings, LiveSessions, SignInLimits],
})
export class SessionModule {}
