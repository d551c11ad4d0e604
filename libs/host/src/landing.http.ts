import { Controller, Get, Header, Req, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** The first page that somebody sees who opens the address in a browser. */
export function landingController(openApi: object, services: readonly string[]): Type {
  const document = JSON.stringify(openApi);

  @Controller()
  class LandingHttp {
    @Get()
    @RouteConfig({ roles: ['public'] })
    @Header('content-type', 'text/html; charset=utf-8')
    landing(@Req() request: FastifyRequest) {
      return pageOf(services, addressOf(request));
    }

    @Get('openapi.json')
    @RouteConfig({ roles: ['public'] })
    @Header('content-type', 'application/json; charset=utf-8')
    openApi() {
      return document;
    }
  }
  return LandingHttp;
}

/**
 * Where the reader found us, so that the command can be pasted: only the browser knows, for a proxy may stand between.
 * What it sends is shown on a page and pasted into a shell, so nothing but a plain address is taken.
 */
function addressOf({ headers }: FastifyRequest): string {
  const { host = '', 'x-forwarded-proto': proto } = headers;
  const scheme = proto === 'https' ? 'https' : 'http';
  return /^[\w.:[\]-]{1,255}$/.test(host) ? `${scheme}://${host}` : '';
}

const signInAt = (address: string) => `curl -s -X POST -H 'content-type: application/json' \\
  -d '{"user": "admin", "password": "…"}' '${address}/auth/token'`;

const pageOf = (services: readonly string[], address: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shouwen 首问</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
code, pre { background: #f2f2f2; padding: .1rem .3rem; }
pre { padding: .7rem; overflow-x: auto; }
</style>
</head>
<body>
<h1>首问 Shouwen</h1>
<p>供水、供热、燃气、供电企业的客户服务系统。<br>
<span lang="en">Customer service for water, heat, gas and power companies.</span></p>
<ul>
<li><a href="/docs">接口文档 · <span lang="en">API documentation</span></a></li>
<li><a href="/openapi.json">OpenAPI 3.1</a></li>
<li><a href="/health/ready">运行状态 · <span lang="en">Health</span></a></li>
</ul>
<h2>登录 · <span lang="en">Sign in</span></h2>
<p>用户 <code>admin</code> 的密码取自首次启动时的 <code>ADMIN_PASSWORD</code>，未设置时随机生成并只显示一次。<br>
<span lang="en">The password of <code>admin</code> is the <code>ADMIN_PASSWORD</code> of the first start, or the random
one that the first start printed once.</span></p>
<pre>${signInAt(address).replaceAll('"', '&quot;')}</pre>
<p>返回的 <code>token</code> 放入请求头 <code>Authorization: Bearer …</code>，有效期八小时。<br>
<span lang="en">Send the <code>token</code> of the answer as <code>Authorization: Bearer …</code>; it lasts eight hours.</span></p>
<p>服务 · <span lang="en">Services</span>: ${services.map((name) => `<code>/${name}</code>`).join(' ')}</p>
</body>
</html>
`;
