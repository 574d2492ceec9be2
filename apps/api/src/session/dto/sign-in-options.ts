import { ApiProperty } from '@nestjs/swagger';

/** A GitLab whose people may sign in. */
export class GitlabOption {
  @ApiProperty({ description: 'Its prefix; empty for the first or only one.' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({
    description:
      'The path to open in the browser. It takes `next` (a path to go to afterwards), and for somebody who is signed in `link=1` or `sudo=1`.',
    example: '/social-auth/login/gitlab/',
  })
  url!: string;
}

/** By what one can sign in here. */
export class SignInOptions {
  @ApiProperty() password!: boolean;
  @ApiProperty({ type: () => [GitlabOption] }) gitlab!: GitlabOption[];
}
