import { ApiProperty } from '@nestjs/swagger';

/** An account in a GitLab, as its owner is shown it. */
export class GitlabName {
  @ApiProperty({ description: 'The base URL of the GitLab.' }) issuer!: string;
  @ApiProperty() username!: string;
}

/** Who is signed in. */
export class User {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty({ description: 'May turn sudo on; acts as an admin only while it is on.' }) isAdmin!: boolean;
  @ApiProperty({
    enum: ['active', 'waiting', 'blocked'],
    description: 'Who waits for approval may ask for the session, and sign out.',
  })
  standing!: 'active' | 'waiting' | 'blocked';
  @ApiProperty({ type: () => GitlabName, nullable: true, description: 'The linked GitLab account.' })
  gitlab!: GitlabName | null;
  @ApiProperty({ description: 'Can sign in with a password.' }) hasPassword!: boolean;
}

/** A live session, as its own browser sees it. */
export class Session {
  @ApiProperty({ type: () => User }) user!: User;
  @ApiProperty({ description: 'To be sent as X-XSRF-TOKEN with everything that changes something.' })
  csrfToken!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiProperty({
    description: 'The zone of the containers: NAME.ZONE is how one is reached.',
    example: 'ct.example.org',
  })
  zone!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then the user acts as an admin; null while sudo is off.',
  })
  sudoUntil!: string | null;
  @ApiProperty({ enum: ['password', 'gitlab'], description: 'How the user signed in.' })
  method!: 'password' | 'gitlab';
}
