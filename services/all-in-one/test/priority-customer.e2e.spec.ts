import { priorityCustomerStory } from './priority-customer.story.js';
import { LiveCity } from './live-city.js';

priorityCustomerStory(LiveCity.raise);
