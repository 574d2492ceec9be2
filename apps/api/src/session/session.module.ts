import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { SessionEndings } from './session-endings';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { SessionService } from './session.service';
import { SignInLimits } from './sign-in-limits';

/** Signing in, signing out, and the guard of everything else. */
@Module({
  controllers: [SessionController],
  providers: [SessionService, SignInLimits, SessionEndings, { provide: APP_GUARD, useClass: SessionGuard }],
  exports: [SessionEndings],
})
export class SessionModule {}
