import { Controller, Get, Req, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Fault, Service, View } from '@shouwen/engine';
import type { FastifyRequest } from 'fastify';
import type { ServiceEdge } from './container.js';
import { parseFind, single, type QueryString } from './filters.js';
import { refuse } from './requests.js';

/** Views that somebody may read by HTTP; the others serve queries of their service only. */
export const servedViews = (service: Service): readonly View[] =>
  service.views.filter(({ roles }) => roles.length > 0);

/** `intake.open-tickets` is served as `open-tickets`: the service already stands in the address. */
export const viewPath = (service: Service, view: View): string =>
  view.name.startsWith(`${service.name}.`) ? view.name.slice(service.name.length + 1) : view.name;

export const viewControllers = (service: Service, edge: ServiceEdge): Type[] =>
  servedViews(service).map((view) => viewRoute(viewPath(service, view), view, edge));

function viewRoute(path: string, view: View, { runtime }: ServiceEdge): Type {
  @Controller(path)
  class ViewHttp {
    @Get()
    @RouteConfig({ roles: view.roles })
    list(@Req() request: FastifyRequest) {
      const { find, ...options } = parseFind(view, request.query as QueryString);
      return runtime.find(view, find, request.actor, options);
    }

    @Get(':id')
    @RouteConfig({ roles: view.roles })
    one(@Req() request: FastifyRequest) {
      const { id } = request.params as { id: string };
      return runtime.get(view, id, request.actor, afterOf(request.query as QueryString));
    }
  }
  return ViewHttp;
}

function afterOf({ after, ...rest }: QueryString): { after?: string } {
  const faults: Fault[] = Object.keys(rest).map((field) => ({
    field,
    rule: 'unknownParameter',
    message: 'Only after may stand here.',
  }));
  const token = single('after', after, faults);
  refuse(faults);
  return token === undefined ? {} : { after: token };
}
