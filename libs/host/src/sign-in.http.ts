import { Controller, HttpCode, Post, Req, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { isWithin, NotFound, type Actor } from '@shouwen/engine';
import { bodyOf, HttpProblem, type Identity, type Tokens } from '@shouwen/nest';
import { IsNotEmpty, IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { Accounts } from './accounts.js';
import { Attempts } from './attempts.js';
import { MAX_PASSWORD, MIN_PASSWORD } from './configuration.js';

export class SignIn {
  @IsString() @IsNotEmpty() @MaxLength(40) user!: string;
  @IsString() @IsNotEmpty() @MaxLength(MAX_PASSWORD) password!: string;
}

export class ChangePassword {
  @IsString() @IsNotEmpty() @MaxLength(MAX_PASSWORD) password!: string;
  @IsString() @MinLength(MIN_PASSWORD) @MaxLength(MAX_PASSWORD) newPassword!: string;
}

export class GivePassword {
  @IsString() @IsNotEmpty() @MaxLength(40) staff!: string;
  @IsString() @MinLength(MIN_PASSWORD) @MaxLength(MAX_PASSWORD) newPassword!: string;
}

/** Whoever can give a password can sign in as that person: the giver must administer everything the person may touch. */
function mustAdminister(giver: Actor, { unit, grants }: Identity): void {
  const reach = giver.grants.filter(({ role }) => role === 'administrator');
  const places = [...(unit === undefined ? [] : [unit]), ...grants.map((grant) => grant.unit)];
  const isAll = places.every((place) => reach.some((grant) => isWithin(place, grant.unit)));
  if (!isAll)
    throw new HttpProblem(
      403,
      'unit.beyond-reach',
      'This person works where you are no administrator; somebody above has to do it.',
    );
}

/** Signing in with the built-in issuer. An unknown user and a wrong password are told apart by nobody. */
export function signInController(accounts: Accounts, tokens: Tokens): Type {
  const attempts = new Attempts();

  const identify = async (user: string, password: string) => {
    const seconds = attempts.waitFor(user);
    if (seconds > 0)
      throw new HttpProblem(429, 'sign-in.too-many', 'Too many failed sign-ins; wait a while.', {
        headers: { 'retry-after': String(seconds) },
      });
    attempts.begin(user);
    const identity = await accounts.signIn(user, password);
    if (!identity) throw new HttpProblem(401, 'sign-in.refused', 'User or password is wrong.');
    attempts.succeeded(user);
    return identity;
  };

  @Controller('auth')
  class SignInHttp {
    @Post('token')
    @HttpCode(200)
    @RouteConfig({ roles: ['public'] })
    async signIn(@Req() request: FastifyRequest) {
      const { user, password } = bodyOf(SignIn, request);
      return tokens.issue(await identify(user, password));
    }

    @Post('password')
    @HttpCode(200)
    @RouteConfig({ roles: ['anyone'] })
    async change(@Req() request: FastifyRequest) {
      const { password, newPassword } = bodyOf(ChangePassword, request);
      const identity = await identify(request.actor.number, password);
      const changed = await accounts.setPassword(identity.number, newPassword);
      tokens.forget(identity.number);
      return tokens.issue(changed);
    }

    @Post('staff/:staff/password')
    @HttpCode(200)
    @RouteConfig({ roles: ['administrator'] })
    async give(@Req() request: FastifyRequest) {
      const { staff, newPassword } = bodyOf(GivePassword, request);
      const identity = await accounts.identity(staff);
      if (!identity) throw new NotFound('staff.not-found', `There is no staff member ${staff}.`);
      mustAdminister(request.actor, identity);
      await accounts.setPassword(staff, newPassword, request.actor.number);
      tokens.forget(staff);
      return { staff };
    }
  }
  return SignInHttp;
}
