import { hostileInputStory } from './hostile-input.story.js';
import { raisePlatform } from './live-city.js';

hostileInputStory(raisePlatform);
