import { ApiProperty } from '@nestjs/swagger';

/** Who is signed in. */
export class User {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty() isAdmin!: boolean;
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
}
